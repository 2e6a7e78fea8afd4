/// Visits every node below a statement or an expression.
public protocol TreeVisitor {

  /// Is called for every statement before what is below it.
  mutating func enter(_ statement: Statement)

  /// Is called for every expression before what is below it.
  mutating func enter(_ expression: Expression)

}

extension TreeVisitor {

  /// Does nothing.
  public mutating func enter(_ statement: Statement) {}

  /// Does nothing.
  public mutating func enter(_ expression: Expression) {}

  /// Visits `statement` and what is below it.
  public mutating func visit(_ statement: Statement) {
    enter(statement)
    switch statement.kind {
    case .expression(let e): visit(e)
    case .assignment(let target, _, let value): visit([target, value])
    case .declaration(_, _, let value): visit(value.map { [$0] } ?? [])
    case .conditional(let condition, let then, let otherwise):
      visit(condition)
      visit(then)
      if let otherwise { visit(otherwise) }
    case .whileLoop(let e, let body), .unroll(let e, let body):
      visit(e)
      visit(body)
    case .forEach(_, _, let body): visit(body)
    case .forRange(_, let lower, let upper, let body):
      visit([lower, upper])
      visit(body)
    case .returnFromProbe(let value): visit(value.map { [$0] } ?? [])
    case .block(let block): visit(block)
    case .breakLoop, .continueLoop: break
    }
  }

  /// Visits the statements of `block`.
  public mutating func visit(_ block: Block) {
    for statement in block.statements { visit(statement) }
  }

  /// Visits each of `expressions`.
  public mutating func visit(_ expressions: [Expression]) {
    for expression in expressions { visit(expression) }
  }

  /// Visits `expression` and what is below it.
  public mutating func visit(_ expression: Expression) {
    enter(expression)
    switch expression.kind {
    case .map(_, let key): visit(key)
    case .call(_, let arguments): visit(arguments)
    case .unary(_, let e), .step(let e, _, _), .cast(_, let e), .member(let e, _), .element(let e, _):
      visit(e)
    case .binary(_, let a, let b, _), .index(let a, let b): visit([a, b])
    case .ternary(let c, let a, let b): visit([c] + (a.map { [$0] } ?? []) + [b])
    case .tuple(let elements): visit(elements)
    case .record(let fields): visit(fields.map(\.value))
    case .block(let block, let value):
      visit(block)
      visit(value)
    case .integer, .string, .boolean, .identifier, .positional, .positionalCount, .scratch, .type: break
    }
  }

}
