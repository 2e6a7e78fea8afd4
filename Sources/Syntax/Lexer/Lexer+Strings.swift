extension Lexer {

  /// Returns the bytes that the string `token` stands for, reporting escapes that mean nothing.
  mutating func contents(_ token: Token) -> [UInt8] {
    let start = token.text.lowerBound + 1
    var end = token.text.upperBound
    // A string that is not terminated has been reported; the quotation mark in front is then its only one.
    if end > start && text[end - 1] == UInt8(ascii: "\"") { end -= 1 }
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var offset = start
    while offset < end {
      if text[offset] == UInt8(ascii: "\\") && offset + 1 < end {
        result.append(takeEscape(at: &offset, to: end))
      } else {
        result.append(text[offset])
        offset += 1
      }
    }
    return result
  }

  /// Returns the byte that the escape at `offset`, which is moved behind it, stands for.
  ///
  ///     escape ::=
  ///       '\n' | '\t' | '\r' | '\\' | '\"' | '\' octal-digit octal-digit? octal-digit? |
  ///       '\x' hexadecimal-digit hexadecimal-digit?
  private mutating func takeEscape(at offset: inout Int, to end: Int) -> UInt8 {
    let start = offset
    let letter = text[start + 1]
    offset += 2
    switch letter {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return letter
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      offset -= 1
      let value = takeEscapeDigits(base: 8, most: 3, at: &offset, to: end)
      if value > 255 { error("escape stands for more than one byte", at: start..<offset) }
      return UInt8(truncatingIfNeeded: value)
    case UInt8(ascii: "x"):
      let value = takeEscapeDigits(base: 16, most: 2, at: &offset, to: end)
      if offset == start + 2 { error("expected hexadecimal digits after '\\x'", at: start..<offset) }
      return UInt8(truncatingIfNeeded: value)
    default:
      while offset < end && text[offset] & 0xc0 == 0x80 { offset += 1 }
      error(
        "unknown escape '\(string(start..<offset))'", at: start..<offset,
        hint: #"escapes are '\n', '\t', '\r', '\\', '\"', '\0' to '\377' and '\x00' to '\xff'"#)
      return letter
    }
  }

  /// Returns the value of at most `most` digits at `offset`, which is moved behind them.
  private func takeEscapeDigits(base: UInt8, most: Int, at offset: inout Int, to end: Int) -> Int {
    var value = 0
    var count = 0
    while count < most, offset < end, let digit = text[offset].hexadecimalValue, digit < base {
      value = value * Int(base) + Int(digit)
      offset += 1
      count += 1
    }
    return value
  }

}
