public import Syntax

extension Expression {

  /// The value of an integer literal, with a sign in front or not.
  var literalInteger: Int64? {
    switch kind {
    case .integer(let literal): Int64(exactly: literal.value)
    case .positional(_, let text): ParameterNumber(text)?.value
    case .unary(.negate, let operand): operand.literalInteger.map { 0 &- $0 }
    default: nil
    }
  }

  /// The bytes of a string literal.
  public var literalString: [UInt8]? {
    switch kind {
    case .string(let bytes): bytes
    default: nil
    }
  }

}
