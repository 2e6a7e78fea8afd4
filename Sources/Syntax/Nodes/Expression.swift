public import Diagnostics

/// An expression.
public struct Expression: Sendable {

  /// The identity.
  public let id: NodeID

  /// The place.
  public let site: SourceSpan

  /// What the expression is.
  public var kind: Kind

  /// Creates an instance with the given properties.
  public init(id: NodeID, site: SourceSpan, kind: Kind) {
    self.id = id
    self.site = site
    self.kind = kind
  }

  /// What an expression is.
  public indirect enum Kind: Sendable {

    /// An integer literal, its sign not included.
    case integer(IntegerLiteral)

    /// A string literal: its bytes, without a zero byte at the end.
    case string([UInt8])

    /// `true` or `false`.
    case boolean(Bool)

    /// A bare name: a builtin, an enumeration constant or a macro without arguments.
    case identifier(String)

    /// `$1`: a parameter of the command line by its number from 1, with its text if one was given.
    case positional(Int, String?)

    /// `$#`: the number of parameters of the command line.
    case positionalCount(Int)

    /// `$name`.
    case scratch(String)

    /// `@name` or `@name[key, …]`; the name includes the `@`.
    case map(Name, key: [Expression])

    /// `name(argument, …)`; an argument may be a type name, as in `sizeof(int32)`.
    case call(Name, [Expression])

    /// An operation on one value.
    case unary(UnaryOperator, Expression)

    /// `++x`, `x++`, `--x`, `x--`.
    case step(Expression, by: StepDirection, isPrefix: Bool)

    /// An operation on two values; `site` is that of the operator.
    case binary(BinaryOperator, Expression, Expression, site: SourceSpan)

    /// `condition ? a : b`; nil for `a` in `condition ?: b`.
    case ternary(Expression, then: Expression?, otherwise: Expression)

    /// `(type)value`.
    case cast(TypeName, Expression)

    /// `base.name` and `base->name`, which mean the same.
    case member(Expression, Name)

    /// `base.0`: an element of a tuple.
    case element(Expression, Int)

    /// `base[index]` where the base is not a map.
    case index(Expression, Expression)

    /// `(a, b)`: a tuple; one element needs a comma at the end.
    case tuple([Expression])

    /// `(x = a, y = b)`: a record.
    case record([(name: Name, value: Expression)])

    /// `{ …; value }`: statements and then a value.
    case block(Block, Expression)

    /// A type where one is expected: in `sizeof`, `offsetof`, `typeof`.
    case type(TypeName)

  }

}

/// An integer literal.
public struct IntegerLiteral: Hashable, Sendable {

  /// The value.
  public let value: UInt64

  /// `true` iff a suffix (`u`, `ul`, `ull`) asks for an unsigned type.
  public let isUnsigned: Bool

  /// `true` iff it is a length of time (`10ms`).
  public let isDuration: Bool

  /// Creates an instance with the given properties.
  public init(_ value: UInt64, isUnsigned: Bool = false, isDuration: Bool = false) {
    self.value = value
    self.isUnsigned = isUnsigned
    self.isDuration = isDuration
  }

}

/// Whether a step goes up or down.
public enum StepDirection: String, Hashable, Sendable {
  case up = "++"
  case down = "--"
}

/// An operator in front of its operand.
public enum UnaryOperator: String, Hashable, Sendable, CaseIterable {
  case negate = "-"
  case complement = "~"
  case not = "!"
  case dereference = "*"
  case addressOf = "&"
  case plus = "+"
}

/// An operator between two operands.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case add = "+"
  case subtract = "-"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case bitAnd = "&"
  case bitXor = "^"
  case bitOr = "|"
  case and = "&&"
  case or = "||"
}

/// A type as it is written: `struct sock *`, `uint8[4]`, `typeof($x)`.
public struct TypeName: Sendable {

  /// The place.
  public let site: SourceSpan

  /// What is written.
  public let kind: Kind

  /// Creates an instance with the given properties.
  public init(site: SourceSpan, kind: Kind) {
    self.site = site
    self.kind = kind
  }

  /// What is written.
  public indirect enum Kind: Sendable {

    /// A name of one word, or C's names of several words joined by single spaces: `int32`, `unsigned long`, `u32`.
    case named(String)

    /// `struct x`.
    case structure(String)

    /// `union x`.
    case union(String)

    /// `enum x`.
    case enumeration(String)

    /// `T*`.
    case pointer(TypeName)

    /// `T[n]`; nil for `T[]`. `string[n]` and `buffer[n]` are arrays of the named types.
    case array(TypeName, Int?)

    /// `(T, U)`.
    case tuple([TypeName])

    /// `(x = T, y = U)`… as records are declared.
    case record([(name: Name, type: TypeName)])

    /// `typeof(expression)`.
    case typeof(Expression)

  }

}
