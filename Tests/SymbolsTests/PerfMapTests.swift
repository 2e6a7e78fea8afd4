import Testing

@testable import Symbols

/// Names of functions that processes made.
@Suite struct PerfMapTests {

  /// Returns the name at `address` in a file with the text `text`.
  private func name(at address: UInt64, in text: String) -> String? {
    PerfMap(Array(text.utf8)).function(at: address).map { String(decoding: $0.name, as: UTF8.self) }
  }

  @Test func functionsAreFound() {
    let text = "2000 10 later\n1000 20 LFoo;::bar(I)V baz\n0x3000 0x8 prefixed\n2000 8 again\n"
    #expect(name(at: 0x1000, in: text) == "LFoo;::bar(I)V baz")
    #expect(name(at: 0x101f, in: text) == "LFoo;::bar(I)V baz")
    #expect(name(at: 0x1020, in: text) == nil)
    #expect(name(at: 0xfff, in: text) == nil)
    #expect(name(at: 0x3007, in: text) == "prefixed")
    // What was written later is true.
    #expect(name(at: 0x2000, in: text) == "again")
    #expect(name(at: 0x2008, in: text) == nil)
  }

  @Test(arguments: [
    "", "\n", "1000", "1000 20", "1000 20 ", "x 20 f", "ffffffffffffffff 20 f", "1000 20f",
    "11111111111111111111 1 f",
  ])
  func otherLinesAreLeftOut(line: String) {
    #expect(name(at: 0x1000, in: line) == nil)
    #expect(name(at: 0x1000, in: line + "\n1000 1 good") == "good")
  }

}
