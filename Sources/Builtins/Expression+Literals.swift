import Syntax

extension Expression {

  /// The value of an integer literal, with a sign in front or not; of a parameter of the command line if it is a number.
  var literalInteger: Int64? {
    switch kind {
    case .integer(let literal): Int64(exactly: literal.value)
    case .unary(.negate, let operand): operand.literalInteger.map { 0 &- $0 }
    case .positional(_, let text): text.map { Int64($0) } ?? 0
    case .positionalCount(let count): Int64(count)
    default: nil
    }
  }

  /// The bytes of a string literal or of a parameter of the command line.
  var literalString: [UInt8]? {
    switch kind {
    case .string(let bytes): bytes
    case .positional(_, let text): Array((text ?? "").utf8)
    default: nil
    }
  }

}
