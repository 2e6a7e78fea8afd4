import Output
import Testing

/// The digits of numbers in memory.
@Suite struct DecimalDigitsTests {

  /// Returns the text that `write` leaves.
  private func text(_ write: (UnsafeMutablePointer<UInt8>) -> Int) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalDigits.greatestCount) { memory in
      memory.initialize(repeating: 0)
      let count = write(memory.baseAddress!)
      #expect(memory[count...].allSatisfy { $0 == 0 })
      return String(decoding: memory[..<count], as: UTF8.self)
    }
  }

  /// Numbers of every length, at its bounds and between them.
  @Test func everyLength() {
    var power: UInt64 = 1
    for _ in 0..<20 {
      for number in [power - 1, power, power + 1, power &* 9 / 7, power &* 5] {
        #expect(text { DecimalDigits.write(number, to: $0) } == String(number))
        let negative = -Int64(truncatingIfNeeded: number >> 1)
        #expect(text { DecimalDigits.write(negative, to: $0) } == String(negative))
      }
      power = power &* 10
    }
    for number in [Int64.min, .max] {
      #expect(text { DecimalDigits.write(number, to: $0) } == String(number))
    }
    #expect(text { DecimalDigits.write(UInt64.max, to: $0) } == String(UInt64.max))
  }

  /// All small numbers.
  @Test func smallNumbers() {
    for number in 0..<UInt64(11_000) {
      #expect(text { DecimalDigits.write(number, to: $0) } == String(number))
    }
  }

}
