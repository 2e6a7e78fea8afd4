extension Expression {

  /// The expressions that the expression consists of, those in type names and block expressions left out.
  public var children: [Expression] {
    switch kind {
    case .integer, .string, .boolean, .identifier, .positional, .positionalCount, .scratch, .type: []
    case .map(_, let key): key
    case .call(_, let arguments): arguments
    case .unary(_, let operand), .step(let operand, _, _), .cast(_, let operand), .member(let operand, _),
      .element(let operand, _):
      [operand]
    case .binary(_, let a, let b, _), .index(let a, let b): [a, b]
    case .ternary(let condition, let a, let b): [condition] + (a.map { [$0] } ?? []) + [b]
    case .tuple(let elements): elements
    case .record(let fields): fields.map(\.value)
    case .block(_, let value): [value]
    }
  }

  /// Calls `visit` for every statement in the block expressions that the expression consists of, outer ones first.
  public func forEachStatement(_ visit: (Statement) -> Void) {
    if case .block(let block, _) = kind { block.forEachStatement(visit) }
    for child in children { child.forEachStatement(visit) }
  }

  /// Calls `visit` for the expression and all that it consists of, outer ones first.
  public func forEachExpression(_ visit: (Expression) -> Void) {
    visit(self)
    switch kind {
    case .block(let block, _): block.forEachExpression(visit)
    case .cast(let type, _), .type(let type):
      for operand in type.operands { operand.forEachExpression(visit) }
    default: break
    }
    for child in children { child.forEachExpression(visit) }
  }

}

extension TypeName {

  /// The expressions whose types are meant.
  public var operands: [Expression] {
    switch kind {
    case .named, .structure, .union, .enumeration: []
    case .pointer(let inner), .array(let inner, _): inner.operands
    case .tuple(let elements): elements.flatMap(\.operands)
    case .record(let fields): fields.flatMap(\.type.operands)
    case .typeof(let operand): [operand]
    }
  }

}

extension Statement {

  /// The expressions that the statement consists of.
  public var expressions: [Expression] {
    switch kind {
    case .expression(let e): [e]
    case .assignment(let target, _, let value): [target, value]
    case .declaration(_, _, let value): value.map { [$0] } ?? []
    case .conditional(let condition, _, _), .whileLoop(let condition, _): [condition]
    case .unroll(let count, _): [count]
    case .forRange(_, let lower, let upper, _): [lower, upper]
    case .returnFromProbe(let value): value.map { [$0] } ?? []
    case .forEach, .breakLoop, .continueLoop, .block: []
    }
  }

  /// The blocks that the statement consists of.
  public var blocks: [Block] {
    switch kind {
    case .conditional(_, let then, let otherwise): [then] + (otherwise.map { [$0] } ?? [])
    case .whileLoop(_, let body), .unroll(_, let body), .forEach(_, _, let body),
      .forRange(_, _, _, let body):
      [body]
    case .block(let block): [block]
    case .expression, .assignment, .declaration, .breakLoop, .continueLoop, .returnFromProbe: []
    }
  }

}

extension Block {

  /// Calls `visit` for every statement in the block and in the block expressions in it, outer ones first.
  public func forEachStatement(_ visit: (Statement) -> Void) {
    for statement in statements {
      visit(statement)
      for expression in statement.expressions { expression.forEachStatement(visit) }
      for block in statement.blocks { block.forEachStatement(visit) }
    }
  }

  /// Calls `visit` for every expression in the block, in the order of the text.
  public func forEachExpression(_ visit: (Expression) -> Void) {
    for statement in statements {
      if case .declaration(_, let type?, _) = statement.kind {
        for operand in type.operands { operand.forEachExpression(visit) }
      }
      for expression in statement.expressions { expression.forEachExpression(visit) }
      for block in statement.blocks { block.forEachExpression(visit) }
    }
  }

}

extension Macro {

  /// Calls `visit` for every expression in the body, in the order of the text.
  public func forEachExpression(_ visit: (Expression) -> Void) {
    body.forEachExpression(visit)
    value?.forEachExpression(visit)
  }

}

extension ActionBlock {

  /// Calls `visit` for every expression in the predicate and the statements, in the order of the text.
  public func forEachExpression(_ visit: (Expression) -> Void) {
    predicate?.forEachExpression(visit)
    body.forEachExpression(visit)
  }

}
