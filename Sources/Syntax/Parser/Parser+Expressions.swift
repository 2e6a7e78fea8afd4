import Diagnostics

/// Expressions, except those without operators.
extension Parser {

  /// Parses an expression.
  ///
  ///     expression ::= binary ('?' expression? ':' expression)?
  mutating func parseExpression() throws(Abandoned) -> Expression {
    try nested { (parser) throws(Abandoned) in try parser.parseTernary() }
  }

  /// Parses an expression one level deeper than the caller.
  private mutating func parseTernary() throws(Abandoned) -> Expression {
    let start = peek().place.lowerBound
    let condition = try parseBinary(atLeast: 1)
    guard take(.question) != nil else { return condition }
    var highest = height
    let then = peek().kind == .colon ? nil : try parseExpression()
    highest = max(highest, height)
    try expect(.colon, "", hint: "both values must be given, as in 'a ? b : c'")
    let otherwise = try parseExpression()
    try raiseHeight(above: max(highest, height))
    return makeExpression(.ternary(condition, then: then, otherwise: otherwise), from: start)
  }

  /// Parses operands and the operators between them that bind at least as closely as `precedence`.
  ///
  ///     binary ::= unary (binary-operator unary)*
  ///     binary-operator ::=
  ///       '*' | '/' | '%' | '+' | '-' | '<<' | '>>' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&' | '^' | '|' |
  ///       '&&' | '||'
  private mutating func parseBinary(atLeast precedence: Int) throws(Abandoned) -> Expression {
    let start = peek().place.lowerBound
    var left = try parseUnary()
    while true {
      let token = peek()
      guard let (operation, strength) = token.kind.binaryOperator, strength >= precedence,
        !endsPredicate(token)
      else { return left }
      take()
      let leftHeight = height
      let right = try parseBinary(atLeast: strength + 1)
      try raiseHeight(above: max(leftHeight, height))
      left = makeExpression(.binary(operation, left, right, site: lexer.span(token.place)), from: start)
    }
  }

  /// Parses an operand with the operators in front of it.
  ///
  ///     unary ::= (unary-operator | '++' | '--' | cast) unary | postfix
  ///     unary-operator ::= '-' | '~' | '!' | '*' | '&' | '+'
  ///     cast ::= '(' type ')'
  private mutating func parseUnary() throws(Abandoned) -> Expression {
    let token = peek()
    let start = token.place.lowerBound
    switch token.kind {
    case .increment, .decrement:
      take()
      let operand = try parseOperand()
      return makeExpression(
        .step(operand, by: token.kind == .increment ? .up : .down, isPrefix: true), from: start)
    case .leftParenthesis where isCastAhead():
      take()
      let type = try parseType()
      try expect(.rightParenthesis, "")
      let operand = try parseOperand()
      return makeExpression(.cast(type, operand), from: start)
    default:
      guard let operation = token.kind.unaryOperator else { return try parsePostfix() }
      take()
      let operand = try parseOperand()
      return makeExpression(.unary(operation, operand), from: start)
    }
  }

  /// Parses what an operator in front of it applies to.
  private mutating func parseOperand() throws(Abandoned) -> Expression {
    let operand = try nested { (parser) throws(Abandoned) in try parser.parseUnary() }
    try raiseHeight(above: height)
    return operand
  }

  /// Parses an operand with the operators behind it.
  ///
  ///     postfix ::=
  ///       primary ('[' expression ']' | '.' identifier | '->' identifier | '.' integer | '++' | '--')*
  private mutating func parsePostfix() throws(Abandoned) -> Expression {
    let start = peek().place.lowerBound
    var base = try parsePrimary()
    while true {
      let baseHeight = height
      let kind: Expression.Kind
      let token = peek()
      switch token.kind {
      case .leftBracket:
        take()
        let index = try parseBracketed { (parser) throws(Abandoned) in try parser.parseExpression() }
        try expect(.rightBracket, "")
        kind = .index(base, index)
      case .dot, .arrow:
        take()
        kind = try parseMember(of: base)
      case .increment, .decrement:
        take()
        kind = .step(base, by: token.kind == .increment ? .up : .down, isPrefix: false)
      default:
        return base
      }
      try raiseHeight(above: max(baseHeight, height))
      base = makeExpression(kind, from: start)
    }
  }

  /// Parses the name of a member of `base`, or the number of an element.
  private mutating func parseMember(of base: Expression) throws(Abandoned) -> Expression.Kind {
    if let member = take(.identifier) { return .member(base, name(member)) }
    let number = peek()
    guard number.kind == .integer else {
      expected("the name of a field")
      throw Abandoned()
    }
    take()
    if case .integer = base.kind {
      lexer.error(
        "there are no numbers with fractions", at: base.site.start..<previousEnd,
        hint: "count in smaller units")
      throw Abandoned()
    }
    let index = lexer.integer(number).value
    guard let element = Int(exactly: index), element < 1 << 16 else {
      lexer.error("tuples do not have that many elements", at: number.place)
      throw Abandoned()
    }
    return .element(base, element)
  }

  /// Returns what `body` parses between parentheses or brackets, where a slash always divides.
  mutating func parseBracketed<Result>(
    _ body: (inout Parser) throws(Abandoned) -> Result
  ) throws(Abandoned) -> Result {
    let wasInPredicate = isInPredicate
    isInPredicate = false
    defer { isInPredicate = wasInPredicate }
    return try body(&self)
  }

}
