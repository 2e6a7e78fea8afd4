extension Lexer {

  /// Returns the value of the number `token`; zero if something is wrong with it, which is reported.
  ///
  ///     integer ::= (decimal | octal | hexadecimal) suffix?
  ///     decimal ::= digit (digit | '_')* ('e' digit (digit | '_')*)?
  ///     octal ::= '0' (octal-digit | '_')+
  ///     hexadecimal ::= '0x' (hexadecimal-digit | '_')+
  ///     octal-digit ::= ? 0 to 7 ?
  ///     hexadecimal-digit ::= digit | ? a to f, A to F ?
  mutating func integer(_ token: Token) -> IntegerLiteral {
    let range = token.text
    var end = range.lowerBound
    var value: UInt64 = 0
    var fits = true
    let first = text[end]
    let second = end + 1 < range.upperBound ? text[end + 1] | 0x20 : 0
    if first == UInt8(ascii: "0") && second == UInt8(ascii: "x") {
      end += 2
      (value, fits) = takeDigits(base: 16, from: &end, to: range.upperBound)
      if end == range.lowerBound + 2 {
        error("expected hexadecimal digits after '\(string(range.lowerBound..<end))'", at: range)
        return IntegerLiteral(0)
      }
    } else {
      let isOctal = first == UInt8(ascii: "0") && (second.isDigit || second == 0x7f)
      (value, fits) = takeDigits(base: isOctal ? 8 : 10, from: &end, to: range.upperBound)
      if isOctal && end < range.upperBound && text[end].isDigit {
        error(
          "'\(string(end..<end + 1))' is no digit of an octal number", at: end..<end + 1,
          hint: "numbers that begin with 0 are octal; leave it out")
        return IntegerLiteral(0)
      }
      if fits, !isOctal, end + 1 < range.upperBound, text[end] | 0x20 == UInt8(ascii: "e"),
        text[end + 1].isDigit
      {
        end += 1
        let (exponent, _) = takeDigits(base: 10, from: &end, to: range.upperBound)
        (value, fits) = scaled(value, byPowerOfTen: exponent)
      }
    }
    guard fits else {
      error("number does not fit into 64 bits", at: range)
      return IntegerLiteral(0)
    }
    return suffixed(value, from: end, of: range)
  }

  /// Returns the number of the parameter `token` (`$1`), zero if something is wrong with it, which is reported, and what it is
  /// if it is not given (`${1:-5}`), nil if the script does not say.
  mutating func parameter(_ token: Token) -> (number: Int, standard: String?) {
    var range = token.text.lowerBound + 1..<token.text.upperBound
    guard byte(at: range.lowerBound) == UInt8(ascii: "{") else {
      return (parameterNumber(range, of: token), nil)
    }
    range = range.lowerBound + 1..<range.upperBound
    let digits = range.lowerBound..<(text[range].firstIndex { !$0.isDigit } ?? range.upperBound)
    let rest = digits.upperBound..<range.upperBound
    let end = rest.upperBound - 1
    // What is wrong with the braces was reported when the token was read.
    guard text[rest].last == UInt8(ascii: "}"), rest.count == 1 || text[rest].starts(with: ":-".utf8) else {
      return (0, nil)
    }
    let number = parameterNumber(digits, of: token)
    return (number, rest.count == 1 ? nil : string(rest.lowerBound + 2..<end))
  }

  /// Returns the number of the parameter `token`, which stands in `range`; zero if something is wrong with it, which is reported.
  private mutating func parameterNumber(_ range: Range<Int>, of token: Token) -> Int {
    var end = range.lowerBound
    let (value, fits) = takeDigits(base: 10, from: &end, to: range.upperBound)
    if end < range.upperBound {
      error(
        "names of variables do not begin with a digit", at: token.text,
        hint: "numbers behind '$' are those of parameters")
    } else if value == 0 {
      error("parameters are numbered from '$1'", at: token.text)
    } else if !fits || value > 1_000_000 {
      error("number of the parameter is too large", at: token.text)
    } else {
      return Int(value)
    }
    return 0
  }

  /// Returns the value of the digits at `offset`, which is moved behind them, and whether it fits; `_` between digits
  /// is left out.
  private func takeDigits(base: UInt64, from offset: inout Int, to end: Int) -> (UInt64, Bool) {
    var value: UInt64 = 0
    var fits = true
    while offset < end {
      if text[offset] != UInt8(ascii: "_") {
        guard let digit = text[offset].hexadecimalValue, digit < base else { break }
        let (product, tooLarge) = value.multipliedReportingOverflow(by: base)
        let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
        fits = fits && !tooLarge && !carry
        value = sum
      }
      offset += 1
    }
    return (value, fits)
  }

  /// Returns `value` times ten to the power of `exponent`, and whether that fits.
  private func scaled(_ value: UInt64, byPowerOfTen exponent: UInt64) -> (UInt64, Bool) {
    if value == 0 { return (0, true) }
    if exponent > 19 { return (0, false) }
    var result = value
    for _ in 0..<exponent {
      let (product, tooLarge) = result.multipliedReportingOverflow(by: 10)
      if tooLarge { return (0, false) }
      result = product
    }
    return (result, true)
  }

  /// Returns the literal with the given value and the suffix that begins at `start` and ends with `range`.
  ///
  ///     suffix ::=
  ///       'ns' | 'us' | 'ms' | 's' | 'm' | 'h' | 'd' | 'l' | 'll' | 'u' | 'ul' | 'ull' | 'lu' | 'llu'
  private mutating func suffixed(_ value: UInt64, from start: Int, of range: Range<Int>) -> IntegerLiteral {
    let suffix = string(start..<range.upperBound)
    let unit: UInt64
    switch suffix {
    case "": return IntegerLiteral(value)
    case "ns": unit = 1
    case "us": unit = 1_000
    case "ms": unit = 1_000_000
    case "s": unit = 1_000_000_000
    case "m": unit = 60_000_000_000
    case "h": unit = 3_600_000_000_000
    case "d": unit = 86_400_000_000_000
    default:
      switch suffix.lowercased() {
      case "l", "ll": return IntegerLiteral(value)
      case "u", "ul", "ull", "lu", "llu": return IntegerLiteral(value, isUnsigned: true)
      default:
        error(
          "unknown suffix '\(suffix)' of a number", at: start..<range.upperBound,
          hint: "suffixes are 'u', 'l' and 'll', and those of times: 'ns', 'us', 'ms', 's', 'm', 'h', 'd'")
        return IntegerLiteral(0)
      }
    }
    let (product, tooLarge) = value.multipliedReportingOverflow(by: unit)
    guard !tooLarge else {
      error("time does not fit into 64 bits of nanoseconds", at: range)
      return IntegerLiteral(0, isDuration: true)
    }
    return IntegerLiteral(product, isDuration: true)
  }

}
