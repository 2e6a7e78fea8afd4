import Output
import Testing

@testable import Runtime

/// The book about what was lost.
struct LossLedgerTests {

  /// A report tells what is new, and the last one everything.
  @Test func reports() {
    var ledger = LossLedger()
    ledger.update(with: [(.packets, 0), (.undecodableEvents, 0)])
    #expect(ledger.isEmpty && ledger.takeNews().isEmpty && ledger.summary().isEmpty)

    ledger.update(with: [(.packets, 3), (.undecodableEvents, 0)])
    #expect(!ledger.isEmpty)
    #expect(
      ledger.totals() == [Loss(.packets, count: 3), Loss(.undecodableEvents, count: 0)])
    #expect(ledger.takeNews() == [Loss(.packets, count: 3, isFinal: false)])
    #expect(ledger.takeNews().isEmpty)

    ledger.update(with: [(.packets, 5), (.undecodableEvents, 1)])
    #expect(
      ledger.takeNews() == [
        Loss(.packets, count: 2, total: 5, isFinal: false),
        Loss(.undecodableEvents, count: 1, isFinal: false),
      ])
    ledger.update(with: [(.packets, 9), (.undecodableEvents, 1)])
    #expect(
      ledger.summary() == [Loss(.packets, count: 4, total: 9), Loss(.undecodableEvents, count: 0, total: 1)])
  }

  /// Programs of probes with one name share a line.
  @Test func sameCause() {
    var ledger = LossLedger()
    ledger.update(with: [(.events(probe: "p"), 2), (.packets, 1), (.events(probe: "p"), 3)])
    #expect(ledger.summary() == [Loss(.events(probe: "p"), count: 5), Loss(.packets, count: 1)])
  }

}
