import Syntax

extension Expression {

  /// The value if the expression consists of literals and operators that are easily computed, modulo 2^64.
  var constant: Int64? { constant { _ in nil } }

  /// Returns the value if the expression consists of literals, operators that are easily computed, and what `leaf` knows
  /// the value of, modulo 2^64.
  func constant(knowing leaf: (Expression) -> Int64?) -> Int64? {
    switch kind {
    case .integer(let literal): Int64(truncatingIfNeeded: literal.value)
    case .boolean(let value): value ? 1 : 0
    case .positional(_, let text): ParameterNumber(text)?.value
    case .unary(.negate, let operand): operand.constant(knowing: leaf).map { 0 &- $0 }
    case .unary(.not, let operand): operand.constant(knowing: leaf).map { $0 == 0 ? 1 : 0 }
    case .unary(.complement, let operand): operand.constant(knowing: leaf).map { ~$0 }
    case .unary(.plus, let operand): operand.constant(knowing: leaf)
    case .binary(.and, let a, let b, _):
      Expression.conjunction(a.constant(knowing: leaf), b.constant(knowing: leaf))
    case .binary(let operation, let a, let b, _):
      leaf(self)
        ?? a.constant(knowing: leaf).flatMap { x in
          b.constant(knowing: leaf).flatMap { y in Expression.apply(operation, x, y) }
        }
    case .ternary(let condition, let then, let otherwise):
      condition.constant(knowing: leaf).flatMap { value in
        value == 0
          ? otherwise.constant(knowing: leaf) : (then.map { $0.constant(knowing: leaf) } ?? value)
      }
    default: leaf(self)
    }
  }

  /// Returns `a && b`, which is false if one of them is, whatever the other.
  private static func conjunction(_ a: Int64?, _ b: Int64?) -> Int64? {
    if a == 0 || b == 0 { return 0 }
    return a != nil && b != nil ? 1 : nil
  }

  /// Returns `a operation b`, nil if that is not easily computed.
  private static func apply(_ operation: BinaryOperator, _ a: Int64, _ b: Int64) -> Int64? {
    switch operation {
    case .add: a &+ b
    case .subtract: a &- b
    case .multiply: a &* b
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .greater: a > b ? 1 : 0
    case .greaterOrEqual: a >= b ? 1 : 0
    case .bitAnd: a & b
    case .bitOr: a | b
    case .bitXor: a ^ b
    case .and: a != 0 && b != 0 ? 1 : 0
    case .or: a != 0 || b != 0 ? 1 : 0
    // Numbers that are negative here may be great ones without a sign, which are divided and shifted in another way.
    case .divide: a >= 0 && b > 0 ? a / b : nil
    case .remainder: a >= 0 && b > 0 ? a % b : nil
    case .shiftLeft: (0..<64).contains(b) ? a << b : nil
    case .shiftRight: a >= 0 && (0..<64).contains(b) ? a >> b : nil
    }
  }

}
