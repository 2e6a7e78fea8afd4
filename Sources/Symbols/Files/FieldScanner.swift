/// Takes the fields of a line of text, from the left.
struct FieldScanner {

  /// The text.
  private let text: UnsafeRawBufferPointer

  /// The place of the next byte.
  private var position = 0

  /// Creates an instance at the start of `text`.
  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  /// What is left.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: text[position...]) }

  /// Takes a number in digits of base `radix`, nil if there is none or it does not fit.
  mutating func takeNumber(radix: UInt64) -> UInt64? {
    var result: UInt64 = 0
    let first = position
    while position < text.count, let digit = Self.digit(text[position]), digit < radix {
      let (product, overflow) = result.multipliedReportingOverflow(by: radix)
      if overflow { return nil }
      let (sum, carry) = product.addingReportingOverflow(digit)
      if carry { return nil }
      result = sum
      position += 1
    }
    return position > first ? result : nil
  }

  /// Takes a number in hexadecimal digits, in front of which `0x` may stand; nil if there is none or it does not fit.
  mutating func takeHexadecimal() -> UInt64? {
    let first = position
    if take("0"), take("x") { return takeNumber(radix: 16) }
    position = first
    return takeNumber(radix: 16)
  }

  /// Takes `character` if it is next; returns `true` iff it was.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Takes what is up to the next space.
  mutating func takeField() -> Slice<UnsafeRawBufferPointer> {
    let end = text[position...].firstIndex(of: UInt8(ascii: " ")) ?? text.count
    defer { position = end }
    return text[position..<end]
  }

  /// Takes spaces.
  mutating func skipSpaces() { while take(" ") {} }

  /// The value of `byte` as a hexadecimal digit, nil if it is none.
  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

}
