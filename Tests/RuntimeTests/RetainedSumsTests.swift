import Testing
import Types

@testable import Runtime

/// What is kept of maps that scripts clear.
@Suite struct RetainedSumsTests {

  /// Returns a map with 64-bit keys that holds `aggregation` and has room for `capacity` keys.
  private func map(_ aggregation: Aggregation, capacity: Int = 10) -> MapDescription {
    MapDescription(
      name: "@m", key: [.uint64], value: .aggregation(aggregation),
      storage: .hash(.perCPU, capacity: capacity))
  }

  @Test func whatIsKept() {
    let plain = MapDescription(
      name: "@p", key: [], value: .plain(.uint64),
      storage: .global(offset: 0, presence: 8))
    let maps = [
      map(.count), map(.average(isSigned: false)), map(.maximum(isSigned: false)), plain,
      map(.histogram(bits: 0)), map(.sum(isSigned: true)), map(.stats(isSigned: false)), map(.count),
    ]
    let retained = RetainedSums(of: Set(0..<7), among: maps)
    #expect(maps.indices.filter(retained.isKept) == [0, 4, 5, 6])
  }

}
