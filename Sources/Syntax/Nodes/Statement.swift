public import Diagnostics

/// Statements between braces.
public struct Block: Sendable {

  /// The statements.
  public var statements: [Statement]

  /// The place, braces included.
  public let site: SourceSpan

  /// Creates an instance with the given properties.
  public init(_ statements: [Statement], site: SourceSpan) {
    self.statements = statements
    self.site = site
  }

}

/// A statement.
public struct Statement: Sendable {

  /// The identity.
  public let id: NodeID

  /// The place, without the semicolon.
  public let site: SourceSpan

  /// What the statement does.
  public var kind: Kind

  /// Creates an instance with the given properties.
  public init(id: NodeID, site: SourceSpan, kind: Kind) {
    self.id = id
    self.site = site
    self.kind = kind
  }

  /// What a statement does.
  public indirect enum Kind: Sendable {

    /// Evaluates an expression for its effect.
    case expression(Expression)

    /// `target = value`, `target += value`, …; a target is a scratch variable, a map element or `_`.
    case assignment(target: Expression, operation: BinaryOperator?, value: Expression)

    /// `let $a: type = value`.
    case declaration(variable: Name, type: TypeName?, value: Expression?)

    /// `if (condition) { … } else { … }`; `else if` is a block with one statement.
    case conditional(condition: Expression, then: Block, otherwise: Block?)

    /// `while (condition) { … }`.
    case whileLoop(condition: Expression, body: Block)

    /// `unroll (count) { … }`.
    case unroll(count: Expression, body: Block)

    /// `for ($kv : @map) { … }`.
    case forEach(variable: Name, map: Name, body: Block)

    /// `for ($i : a..b) { … }`.
    case forRange(variable: Name, lower: Expression, upper: Expression, body: Block)

    /// `break`.
    case breakLoop

    /// `continue`.
    case continueLoop

    /// `return`, in a macro or block expression with a value.
    case returnFromProbe(Expression?)

    /// `{ … }`.
    case block(Block)

  }

}
