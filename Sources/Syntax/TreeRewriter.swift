public import Diagnostics

/// Something that makes new trees of trees.
///
/// What a rewriter does not care about is rebuilt of its rewritten parts: `rewritten` is what it puts its own rules into, and
/// falls back on `rebuilt`.
public protocol TreeRewriter {

  /// Returns what is put in the place of `expression`.
  mutating func rewritten(_ expression: Expression) -> Expression

  /// Returns what is put in the place of `statement`.
  mutating func rewritten(_ statement: Statement) -> Statement

  /// Returns the name that is put in the place of `name`, that of a variable, a map, a function or a field.
  func rewritten(_ name: Name) -> Name

  /// Returns the identity of what is made of the node `id`.
  mutating func identity(of id: NodeID) -> NodeID

  /// Returns the place of what is made of something at `site`.
  func place(of site: SourceSpan) -> SourceSpan

}

extension TreeRewriter {

  /// Returns `statement` rebuilt of its rewritten parts.
  public mutating func rewritten(_ statement: Statement) -> Statement { rebuilt(statement) }

  /// Returns `name` at its new place.
  public func rewritten(_ name: Name) -> Name { Name(name.text, at: place(of: name.site)) }

  /// Returns `site`.
  public func place(of site: SourceSpan) -> SourceSpan { site }

  /// Returns `block` with its statements rewritten.
  public mutating func rewritten(_ block: Block) -> Block {
    Block(block.statements.map { rewritten($0) }, site: place(of: block.site))
  }

  /// Returns `name` with the expressions in it rewritten.
  public mutating func rewritten(_ name: TypeName) -> TypeName {
    let kind: TypeName.Kind =
      switch name.kind {
      case .pointer(let pointee): .pointer(rewritten(pointee))
      case .array(let element, let count): .array(rewritten(element), count)
      case .tuple(let elements): .tuple(elements.map { rewritten($0) })
      case .record(let fields): .record(fields.map { (rewritten($0.name), rewritten($0.type)) })
      case .typeof(let expression): .typeof(rewritten(expression))
      case .named, .structure, .union, .enumeration: name.kind
      }
    return TypeName(site: place(of: name.site), kind: kind)
  }

  /// Returns `statement` made of its rewritten parts.
  public mutating func rebuilt(_ statement: Statement) -> Statement {
    let id = identity(of: statement.id)
    let kind: Statement.Kind =
      switch statement.kind {
      case .expression(let e): .expression(rewritten(e))
      case .assignment(let target, let operation, let value):
        .assignment(target: rewritten(target), operation: operation, value: rewritten(value))
      case .declaration(let variable, let type, let value):
        .declaration(
          variable: rewritten(variable), type: type.map { rewritten($0) }, value: value.map { rewritten($0) })
      case .conditional(let condition, let then, let otherwise):
        .conditional(
          condition: rewritten(condition), then: rewritten(then), otherwise: otherwise.map { rewritten($0) })
      case .whileLoop(let condition, let body):
        .whileLoop(condition: rewritten(condition), body: rewritten(body))
      case .unroll(let count, let body): .unroll(count: rewritten(count), body: rewritten(body))
      case .forEach(let variable, let map, let body):
        .forEach(variable: rewritten(variable), map: rewritten(map), body: rewritten(body))
      case .forRange(let variable, let lower, let upper, let body):
        .forRange(
          variable: rewritten(variable), lower: rewritten(lower), upper: rewritten(upper),
          body: rewritten(body))
      case .breakLoop: .breakLoop
      case .continueLoop: .continueLoop
      case .returnFromProbe(let value): .returnFromProbe(value.map { rewritten($0) })
      case .block(let block): .block(rewritten(block))
      }
    return Statement(id: id, site: place(of: statement.site), kind: kind)
  }

  /// Returns `expression` made of its rewritten parts.
  public mutating func rebuilt(_ expression: Expression) -> Expression {
    let id = identity(of: expression.id)
    let kind: Expression.Kind =
      switch expression.kind {
      case .integer, .string, .boolean, .identifier, .scratch, .positional, .positionalCount: expression.kind
      case .map(let name, let key): .map(rewritten(name), key: key.map { rewritten($0) })
      case .call(let name, let arguments): .call(rewritten(name), arguments.map { rewritten($0) })
      case .unary(let operation, let operand): .unary(operation, rewritten(operand))
      case .step(let target, let direction, let isPrefix):
        .step(rewritten(target), by: direction, isPrefix: isPrefix)
      case .binary(let operation, let a, let b, let site):
        .binary(operation, rewritten(a), rewritten(b), site: place(of: site))
      case .ternary(let condition, let then, let otherwise):
        .ternary(rewritten(condition), then: then.map { rewritten($0) }, otherwise: rewritten(otherwise))
      case .cast(let type, let value): .cast(rewritten(type), rewritten(value))
      case .member(let base, let name): .member(rewritten(base), rewritten(name))
      case .element(let base, let index): .element(rewritten(base), index)
      case .index(let base, let index): .index(rewritten(base), rewritten(index))
      case .tuple(let elements): .tuple(elements.map { rewritten($0) })
      case .record(let fields): .record(fields.map { (rewritten($0.name), rewritten($0.value)) })
      case .block(let block, let value): .block(rewritten(block), rewritten(value))
      case .type(let name): .type(rewritten(name))
      }
    return Expression(id: id, site: place(of: expression.site), kind: kind)
  }

}
