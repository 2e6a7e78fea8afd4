/// A word of the language: the least part of a script that means something.
struct Token: Hashable {

  /// What a token is; the raw value is how it is written where that is always the same.
  enum Kind: String, Hashable {

    // Words that are written in many ways.
    case end = "end of the script"
    case identifier, scratch, map, positional, integer, string
    case positionalCount = "$#"

    // Punctuation.
    case leftBrace = "{"
    case rightBrace = "}"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case semicolon = ";"
    case comma = ","
    case colon = ":"
    case question = "?"
    case dot = "."
    case range = ".."
    case arrow = "->"

    // Operators that change their operand.
    case increment = "++"
    case decrement = "--"
    case assign = "="
    case addAssign = "+="
    case subtractAssign = "-="
    case multiplyAssign = "*="
    case divideAssign = "/="
    case remainderAssign = "%="
    case shiftLeftAssign = "<<="
    case shiftRightAssign = ">>="
    case andAssign = "&="
    case orAssign = "|="
    case xorAssign = "^="

    // Operators that give a value.
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case ampersand = "&"
    case caret = "^"
    case bar = "|"
    case and = "&&"
    case or = "||"
    case not = "!"
    case tilde = "~"

    // Operators in the bodies of definitions.
    case hash = "#"
    case pasting = "##"

  }

  /// What the token is.
  let kind: Kind

  /// The place of the token in the script; that of the name for a token that a `#define` put in place of it.
  var place: Range<Int>

  /// The bytes that the token is written with.
  let text: Range<Int>

  /// `true` iff a definition may replace the token: not within what replaces its own name.
  var isReplaceable = true

  /// Creates a token of the given kind that stands where it is written.
  init(_ kind: Kind, at place: Range<Int>) {
    self.kind = kind
    self.place = place
    self.text = place
  }

}

extension Token.Kind {

  /// The operator between two operands that the token is, and how closely it binds; nil iff it is none.
  var binaryOperator: (operation: BinaryOperator, precedence: Int)? {
    switch self {
    case .star: (.multiply, 10)
    case .slash: (.divide, 10)
    case .percent: (.remainder, 10)
    case .plus: (.add, 9)
    case .minus: (.subtract, 9)
    case .shiftLeft: (.shiftLeft, 8)
    case .shiftRight: (.shiftRight, 8)
    case .less: (.less, 7)
    case .lessOrEqual: (.lessOrEqual, 7)
    case .greater: (.greater, 7)
    case .greaterOrEqual: (.greaterOrEqual, 7)
    case .equal: (.equal, 6)
    case .notEqual: (.notEqual, 6)
    case .ampersand: (.bitAnd, 5)
    case .caret: (.bitXor, 4)
    case .bar: (.bitOr, 3)
    case .and: (.and, 2)
    case .or: (.or, 1)
    default: nil
    }
  }

  /// The operator in front of an operand that the token is, nil iff it is none.
  var unaryOperator: UnaryOperator? {
    switch self {
    case .minus: .negate
    case .tilde: .complement
    case .not: .not
    case .star: .dereference
    case .ampersand: .addressOf
    case .plus: .plus
    default: nil
    }
  }

  /// `true` iff the token assigns.
  var isAssignment: Bool { self == .assign || compoundOperator != nil }

  /// The operator that a compound assignment applies first, nil iff the token is no compound assignment.
  var compoundOperator: BinaryOperator? {
    switch self {
    case .addAssign: .add
    case .subtractAssign: .subtract
    case .multiplyAssign: .multiply
    case .divideAssign: .divide
    case .remainderAssign: .remainder
    case .shiftLeftAssign: .shiftLeft
    case .shiftRightAssign: .shiftRight
    case .andAssign: .bitAnd
    case .orAssign: .bitOr
    case .xorAssign: .bitXor
    default: nil
    }
  }

  /// `true` iff an operand may begin with the token.
  var beginsOperand: Bool {
    switch self {
    case .identifier, .scratch, .map, .positional, .positionalCount, .integer, .string, .leftParenthesis,
      .leftBrace, .increment, .decrement:
      true
    default:
      unaryOperator != nil
    }
  }

}
