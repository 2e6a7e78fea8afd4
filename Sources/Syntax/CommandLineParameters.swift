import Diagnostics

/// The number that a parameter of the command line is, where its text is one as scripts write them, with a sign or not.
public struct ParameterNumber: Hashable, Sendable {

  /// The number without its sign.
  public let magnitude: IntegerLiteral

  /// `true` iff a minus sign stands in front.
  public let isNegative: Bool

  /// The number modulo 2^64.
  public var value: Int64 {
    let value = Int64(truncatingIfNeeded: magnitude.value)
    return isNegative ? 0 &- value : value
  }

  /// Creates an instance with the given properties.
  public init(_ magnitude: IntegerLiteral, isNegative: Bool) {
    self.magnitude = magnitude
    self.isNegative = isNegative
  }

  /// Creates the number that `text` is, 0 if it is not given; nil if it is no number.
  public init?(_ text: String?) {
    let text = text ?? "0"
    isNegative = text.utf8.first == UInt8(ascii: "-")
    let digits = Array(text.utf8.dropFirst(isNegative ? 1 : 0))
    guard let first = digits.first, first.isDigit, digits.allSatisfy({ $0.isDigit || $0.beginsName }) else {
      return nil
    }
    var lexer = Lexer(SourceFile(name: "", text: digits), in: 0..<digits.count)
    let token = lexer.take()
    guard token.kind == .integer, token.place.upperBound == digits.count else { return nil }
    magnitude = lexer.integer(token)
    if lexer.diagnostics.containsError { return nil }
  }

}

/// A named parameter of the command line: `--name` or `--name=value`, which the script asks for with `getopt`.
public struct NamedParameter: Hashable, Codable, Sendable {

  /// The name, without dashes.
  public let name: String

  /// The value, nil if there is no `=`.
  public let value: String?

  /// Creates an instance with the given properties.
  public init(name: String, value: String?) {
    self.name = name
    self.value = value
  }

}
