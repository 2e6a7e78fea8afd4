/// Why a text is no format: the place in it and what is wrong.
public struct FormatFault: Error, Hashable, Sendable {

  /// The bytes of the format that the message is about.
  public let range: Range<Int>

  /// The message, in the manner of a diagnostic.
  public let message: String

  /// Creates an instance with the given properties.
  public init(at range: Range<Int>, _ message: String) {
    self.range = range
    self.message = message
  }

}

extension FormatString {

  /// The greatest width and precision; more would be a slip of the pen and fill the terminal.
  public static let greatestWidth = 65_535

  /// Returns `text` taken apart.
  public static func parse(_ text: [UInt8]) throws(FormatFault) -> FormatString {
    var parser = FormatParser(text: text)
    return try parser.parseFormat()
  }

}

/// Takes a format apart from left to right.
private struct FormatParser {

  /// The format.
  let text: [UInt8]

  /// The index of the next byte.
  var position = 0

  /// The start of the conversion that is being parsed.
  var start = 0

  /// The pieces so far.
  var pieces: [FormatString.Piece] = []

  /// The text since the last conversion.
  var literal: [UInt8] = []

  /// Creates an instance at the start of `text`.
  init(text: [UInt8]) { self.text = text }

  /// Returns the whole format taken apart.
  mutating func parseFormat() throws(FormatFault) -> FormatString {
    while let byte = take() {
      if byte != UInt8(ascii: "%") {
        literal.append(byte)
      } else if peek() == UInt8(ascii: "%") {
        position += 1
        literal.append(byte)
      } else {
        flush()
        start = position - 1
        pieces.append(.conversion(try parseConversion()))
      }
    }
    flush()
    return FormatString(pieces: pieces)
  }

  /// Parses what follows the `%` of a conversion.
  mutating func parseConversion() throws(FormatFault) -> FormatString.Conversion {
    var result = FormatString.Conversion(.signed)
    parseFlags(into: &result)
    if take(if: "*") {
      result.takesWidth = true
    } else {
      result.width = try parseNumber(named: "width")
    }
    if take(if: ".") {
      if take(if: "*") {
        result.takesPrecision = true
      } else {
        result.precision = try parseNumber(named: "precision") ?? 0
      }
    }
    result.length = parseLength()
    result.verb = try parseVerb()
    result.range = start..<position
    return result
  }

  /// Parses any number of flags in any order.
  mutating func parseFlags(into result: inout FormatString.Conversion) {
    while true {
      if take(if: "-") {
        result.isLeftAligned = true
      } else if take(if: "+") {
        result.showsPlus = true
      } else if take(if: " ") {
        result.showsSpace = true
      } else if take(if: "#") {
        result.isAlternative = true
      } else if take(if: "0") {
        result.padsWithZeros = true
      } else {
        return
      }
    }
  }

  /// Parses a decimal number, called `name` in messages, if there is one.
  mutating func parseNumber(named name: String) throws(FormatFault) -> Int? {
    var result: Int? = nil
    while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      position += 1
      result = min((result ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), FormatString.greatestWidth + 1)
    }
    if let result, result > FormatString.greatestWidth {
      throw FormatFault(
        at: start..<position, "the \(name) is greater than \(FormatString.greatestWidth)")
    }
    return result
  }

  /// Parses a length modifier, if there is one, and returns the number of bits that it leaves.
  mutating func parseLength() -> Int? {
    if take(if: "h") { return take(if: "h") ? 8 : 16 }
    if take(if: "l") {
      _ = take(if: "l")
      return 64
    }
    return take(if: "j") || take(if: "z") || take(if: "t") ? 64 : nil
  }

  /// Parses the letter that says what is printed.
  mutating func parseVerb() throws(FormatFault) -> FormatString.Conversion.Verb {
    guard let byte = take() else {
      throw FormatFault(
        at: start..<position, "incomplete conversion at the end of the format; write '%%' for a percent sign")
    }
    switch byte {
    case UInt8(ascii: "d"), UInt8(ascii: "i"): return .signed
    case UInt8(ascii: "u"): return .unsigned
    case UInt8(ascii: "o"): return .octal
    case UInt8(ascii: "x"): return .hexadecimal(isUpperCase: false)
    case UInt8(ascii: "X"): return .hexadecimal(isUpperCase: true)
    case UInt8(ascii: "p"): return .pointer
    case UInt8(ascii: "c"): return .character
    case UInt8(ascii: "s"): return .text
    case UInt8(ascii: "g") where take(if: "r"): return .allocationFlags
    case UInt8(ascii: "r"):
      if take(if: "x") { return .bytes(.escapedHexadecimal) }
      return take(if: "h") ? .bytes(.plainHexadecimal) : .bytes(.escaped)
    default: throw unknownVerb(byte)
    }
  }

  /// Returns the message about the letter `byte`, the last one taken.
  mutating func unknownVerb(_ byte: UInt8) -> FormatFault {
    // Characters that are no ASCII are shown whole.
    while let next = peek(), byte >= 0xC0, next & 0xC0 == 0x80 { position += 1 }
    let spelling = String(decoding: text[start..<position], as: UTF8.self)
    if "eEfFgGaA".utf8.contains(byte) {
      return FormatFault(
        at: start..<position, "'\(spelling)' prints floating point numbers, which do not exist here")
    }
    return FormatFault(at: start..<position, "unknown conversion '\(spelling)'")
  }

  /// Ends the current literal.
  mutating func flush() {
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    literal = []
  }

  /// Returns the next byte.
  func peek() -> UInt8? { position < text.count ? text[position] : nil }

  /// Consumes and returns the next byte.
  mutating func take() -> UInt8? {
    guard position < text.count else { return nil }
    position += 1
    return text[position - 1]
  }

  /// Consumes the next byte iff it is `character`, and returns whether it was.
  mutating func take(if character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

}
