import Diagnostics

/// Expressions without operators.
extension Parser {

  /// Parses an expression without operators.
  ///
  ///     primary ::=
  ///       integer | string | 'true' | 'false' | positional | '$#' | variable | map key? | call | identifier |
  ///       parenthesized | block-expression
  mutating func parsePrimary() throws(Abandoned) -> Expression {
    let token = peek()
    let start = token.place.lowerBound
    height = 1
    switch token.kind {
    case .integer:
      take()
      return makeExpression(.integer(lexer.integer(token)), from: start)
    case .string:
      take()
      return makeExpression(.string(lexer.contents(token)), from: start)
    case .positional:
      take()
      let (number, text) = parameter(token)
      return makeExpression(.positional(number, text), from: start)
    case .positionalCount:
      take()
      return makeExpression(.positionalCount(parameters.count), from: start)
    case .scratch:
      take()
      return makeExpression(.scratch(lexer.string(token.text)), from: start)
    case .map:
      return try parseMap()
    case .identifier:
      return try parseWord()
    case .leftParenthesis:
      return try parseParenthesized()
    case .leftBrace:
      return try parseBlockExpression()
    default:
      expected("an expression")
      throw Abandoned()
    }
  }

  /// Returns the number of the parameter `token` and what it stands for, nil if neither the command line nor the script says.
  ///
  /// As in shells, what is given and empty is not given where the script has something else for it.
  mutating func parameter(_ token: Token) -> (number: Int, text: String?) {
    let (number, standard) = lexer.parameter(token)
    let given = number >= 1 && number <= parameters.count ? parameters[number - 1] : nil
    guard let standard else { return (number, given) }
    if parameterDefaults[number] == nil { parameterDefaults[number] = standard }
    return (number, given.flatMap { $0.isEmpty ? nil : $0 } ?? standard)
  }

  /// Parses a map or one of its elements.
  ///
  ///     key ::= '[' argument (',' argument)* ','? ']'
  private mutating func parseMap() throws(Abandoned) -> Expression {
    let token = take()
    guard take(.leftBracket) != nil else {
      return makeExpression(.map(name(token), key: []), from: token.place.lowerBound)
    }
    if peek().kind == .rightBracket {
      expected("a key")
      throw Abandoned()
    }
    let key = try parseBracketed { (parser) throws(Abandoned) in try parser.parseArguments() }
    try expect(.rightBracket, "',' or ']'")
    try raiseHeight(above: height)
    return makeExpression(.map(name(token), key: key), from: token.place.lowerBound)
  }

  /// Parses a name, or a call of what has the name.
  ///
  ///     call ::= identifier '(' arguments ')'
  private mutating func parseWord() throws(Abandoned) -> Expression {
    let token = peek()
    let start = token.place.lowerBound
    if isReserved(token) {
      expected("an expression")
      throw Abandoned()
    }
    take()
    if isWord("true", token) { return makeExpression(.boolean(true), from: start) }
    if isWord("false", token) { return makeExpression(.boolean(false), from: start) }
    guard take(.leftParenthesis) != nil else {
      return makeExpression(.identifier(lexer.string(token.text)), from: start)
    }
    let arguments = try parseBracketed { (parser) throws(Abandoned) in try parser.parseArguments() }
    try expect(.rightParenthesis, "',' or ')'")
    try raiseHeight(above: height)
    return makeExpression(.call(name(token), arguments), from: start)
  }

  /// Returns `true` iff `token` is a word that cannot be the name of a value.
  func isReserved(_ token: Token) -> Bool {
    for word: StaticString in [
      "if", "else", "while", "for", "unroll", "let", "return", "break", "continue", "macro", "struct",
      "union",
      "enum",
    ] where isWord(word, token) {
      return true
    }
    return false
  }

  /// Parses what stands between the parentheses of a call or the brackets of a map.
  ///
  ///     arguments ::= (argument (',' argument)* ','?)?
  mutating func parseArguments() throws(Abandoned) -> [Expression] {
    var arguments: [Expression] = []
    var highest = 0
    while !peek().kind.closesBracket {
      arguments.append(try parseArgument())
      highest = max(highest, height)
      if take(.comma) == nil { break }
    }
    height = highest
    return arguments
  }

  /// Parses an argument.
  ///
  ///     argument ::= type | expression
  private mutating func parseArgument() throws(Abandoned) -> Expression {
    guard isTypeAhead() else { return try parseExpression() }
    let start = peek().place.lowerBound
    let type = try parseType()
    height = 1
    return makeExpression(.type(type), from: start)
  }

  /// Parses what stands between parentheses.
  ///
  ///     parenthesized ::= '(' expression ')' | tuple | record
  ///     tuple ::= '(' (expression ',' (expression (',' expression)* ','?)?)? ')'
  ///     record ::= '(' field (',' field)* ','? ')'
  ///     field ::= identifier '=' expression
  private mutating func parseParenthesized() throws(Abandoned) -> Expression {
    let start = take().place.lowerBound
    let kind = try parseBracketed { (parser) throws(Abandoned) in try parser.parseElements() }
    try expect(.rightParenthesis, "")
    switch kind {
    case .single(let expression):
      return expression
    case .tuple(let elements):
      try raiseHeight(above: height)
      return makeExpression(.tuple(elements), from: start)
    case .record(let fields):
      try raiseHeight(above: height)
      return makeExpression(.record(fields), from: start)
    }
  }

  /// What stands between parentheses.
  private enum Elements {

    /// An expression without a comma.
    case single(Expression)

    /// The elements of a tuple.
    case tuple([Expression])

    /// The fields of a record.
    case record([(name: Name, value: Expression)])

  }

  /// Parses what stands behind an opening parenthesis.
  private mutating func parseElements() throws(Abandoned) -> Elements {
    if isFieldAhead() { return .record(try parseFields()) }
    if peek().kind == .rightParenthesis { return .tuple([]) }
    let first = try parseExpression()
    guard take(.comma) != nil else { return .single(first) }
    let firstHeight = height
    let others = try parseArguments()
    height = max(firstHeight, height)
    return .tuple([first] + others)
  }

  /// Returns `true` iff a name and `=` follow.
  private mutating func isFieldAhead() -> Bool {
    guard peek().kind == .identifier else { return false }
    var ahead = lexer
    ahead.isSilent = true
    return ahead.take().kind == .assign
  }

  /// Parses the fields of a record.
  private mutating func parseFields() throws(Abandoned) -> [(name: Name, value: Expression)] {
    var fields: [(name: Name, value: Expression)] = []
    var highest = 0
    while peek().kind != .rightParenthesis {
      let field = try expect(.identifier, "the name of a field")
      try expect(.assign, "")
      fields.append((name: name(field), value: try parseExpression()))
      highest = max(highest, height)
      if take(.comma) == nil { break }
    }
    height = highest
    return fields
  }

  /// Parses statements and then a value.
  ///
  ///     block-expression ::= '{' (statement | ';')* expression '}'
  private mutating func parseBlockExpression() throws(Abandoned) -> Expression {
    let start = peek().place.lowerBound
    let (statements, value) = try nested { (parser) throws(Abandoned) in try parser.parseBlockBody() }
    guard let value else {
      lexer.error(
        "a block that gives a value ends with an expression without ';'", at: previousEnd - 1..<previousEnd,
        hint: "leave out the last ';'")
      throw Abandoned()
    }
    try raiseHeight(above: height)
    let block = Block(statements, site: site(from: start))
    return makeExpression(.block(block, value), from: start)
  }

}

extension Token.Kind {

  /// `true` iff the token ends what stands between parentheses or brackets.
  fileprivate var closesBracket: Bool { self == .rightParenthesis || self == .rightBracket }

}
