extension [UInt8] {

  /// Appends the UTF-8 bytes of `text`.
  @inlinable
  public mutating func append(text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends the UTF-8 bytes of `text`.
  @inlinable
  public mutating func append(text: String) { append(contentsOf: text.utf8) }

  /// Appends `number` in decimal.
  public mutating func append(decimal number: UInt64) {
    if number < 10 {
      append(UInt8(ascii: "0") + UInt8(number))
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalDigits.greatestCount) { digits in
      let start = digits.baseAddress!
      append(contentsOf: UnsafeBufferPointer(start: start, count: DecimalDigits.write(number, to: start)))
    }
  }

  /// Appends `number` in decimal, with a minus sign where it is negative.
  public mutating func append(decimal number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(decimal: number.magnitude)
  }

  /// Appends `number` in hexadecimal without `0x`.
  public mutating func append(hexadecimal number: UInt64, isUpperCase: Bool = false) {
    var shift = Swift.max(0, (63 - number.leadingZeroBitCount) / 4 * 4)
    while shift >= 0 {
      append(hexadecimalDigit: UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 15, isUpperCase)
      shift -= 4
    }
  }

  /// Appends `number` in octal.
  mutating func append(octal number: UInt64) {
    var shift = Swift.max(0, (63 - number.leadingZeroBitCount) / 3 * 3)
    while shift >= 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 7)
      shift -= 3
    }
  }

  /// Appends the digit of `value`, which is less than 16.
  mutating func append(hexadecimalDigit value: UInt8, _ isUpperCase: Bool = false) {
    append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: isUpperCase ? "A" : "a") + value - 10)
  }

  /// Appends `count` times `byte`; nothing if `count` is negative.
  mutating func append(repeating byte: UInt8, count: Int) {
    if count > 0 { append(contentsOf: repeatElement(byte, count: count)) }
  }

}
