import Diagnostics

/// Blocks and statements.
extension Parser {

  /// Parses statements between braces.
  ///
  ///     block ::= '{' (statement | ';')* expression? '}'
  mutating func parseBlock() throws(Abandoned) -> Block {
    let start = peek().place.lowerBound
    let (statements, value) = try nested { (parser) throws(Abandoned) in try parser.parseBlockBody() }
    var all = statements
    if let value { all.append(Statement(id: makeID(), site: value.site, kind: .expression(value))) }
    return Block(all, site: site(from: start))
  }

  /// Parses statements between braces, and returns the expression behind the last one by itself if it has no semicolon.
  mutating func parseBlockBody() throws(Abandoned) -> (statements: [Statement], value: Expression?) {
    let wasInPredicate = isInPredicate
    isInPredicate = false
    let outerHeight = blockHeight
    blockHeight = 0
    defer {
      isInPredicate = wasInPredicate
      height = blockHeight
      blockHeight = max(blockHeight, outerHeight)
    }
    let open = try expect(.leftBrace, "")
    var statements: [Statement] = []
    while true {
      let token = peek()
      switch token.kind {
      case .rightBrace:
        take()
        return (statements, nil)
      case .semicolon:
        take()
      case .identifier where isActionBlockAhead(), .end:
        unclosed(open)
        throw Abandoned()
      default:
        do throws(Abandoned) {
          let statement = try parseStatement()
          if case .expression(let value) = statement.kind, take(.rightBrace) != nil {
            return (statements, value)
          }
          try expectEnd(of: statement)
          statements.append(statement)
        } catch {
          if isEndReported || lexer.isGivenUp { throw error }
          recoverStatement()
          // What is wrong is why the end of the block was not found.
          if peek().kind == .end { isEndReported = true }
        }
      }
    }
  }

  /// Moves behind the semicolon that ends `statement`, if it needs one.
  private mutating func expectEnd(of statement: Statement) throws(Abandoned) {
    let token = peek()
    switch token.kind {
    case .semicolon: take()
    case .rightBrace: break
    default:
      switch statement.kind {
      case .conditional, .whileLoop, .unroll, .forEach, .forRange, .block: return
      default: break
      }
      if token.kind == .end { return }
      if isBehindLineEnd(token) {
        missingSemicolon()
        return
      }
      expected("';'")
      throw Abandoned()
    }
  }

  /// Returns `true` iff the next token, a name, begins a probe, so that the block around it should have ended.
  private mutating func isActionBlockAhead() -> Bool {
    guard lexer.expansions.isEmpty, let token = lookahead else { return false }
    var ahead = lexer
    ahead.isSilent = true
    let isUnit = ["BEGIN", "END", "begin", "end"].contains { lexer.string(token.text) == $0 }
    let next = ahead.take()
    return next.kind == .colon || isUnit && (next.kind == .leftBrace || next.kind == .slash)
  }

  /// Parses a statement without its semicolon.
  ///
  ///     statement ::=
  ///       block | conditional | while-loop | unroll | for-loop | declaration | return | 'break' | 'continue' |
  ///       assignment | expression
  private mutating func parseStatement() throws(Abandoned) -> Statement {
    let first = peek()
    statementStart = first
    let id = makeID()
    let kind = try nested { (parser) throws(Abandoned) in try parser.parseStatementKind(first) }
    return Statement(id: id, site: site(from: first.place.lowerBound), kind: kind)
  }

  /// Parses the statement that begins with `first`, the next token.
  private mutating func parseStatementKind(_ first: Token) throws(Abandoned) -> Statement.Kind {
    if first.kind == .leftBrace { return .block(try parseBlock()) }
    guard first.kind == .identifier else { return try parseAssignment() }
    if isWord("if", first) { return try parseConditional() }
    if isWord("while", first) { return try parseWhileLoop() }
    if isWord("unroll", first) { return try parseUnroll() }
    if isWord("for", first) { return try parseForLoop() }
    if isWord("let", first) { return try parseDeclaration() }
    if isWord("return", first) { return try parseReturn() }
    if take(word: "break") != nil { return .breakLoop }
    if take(word: "continue") != nil { return .continueLoop }
    return try parseAssignment()
  }

  /// Parses an assignment, or an expression that is evaluated for its effect.
  ///
  ///     assignment ::= expression assignment-operator expression
  ///     assignment-operator ::=
  ///       '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '<<=' | '>>=' | '&=' | '|=' | '^='
  private mutating func parseAssignment() throws(Abandoned) -> Statement.Kind {
    let target = try parseExpression()
    let operation = peek().kind
    guard operation.isAssignment else { return .expression(target) }
    switch target.kind {
    case .scratch, .map, .identifier("_"): break
    default:
      cannotAssign(to: target)
      throw Abandoned()
    }
    take()
    let value = try parseExpression()
    return .assignment(target: target, operation: operation.compoundOperator, value: value)
  }

  /// Parses a choice.
  ///
  ///     conditional ::= 'if' condition block ('else' (conditional | block))?
  private mutating func parseConditional() throws(Abandoned) -> Statement.Kind {
    take()
    let condition = try parseCondition(of: "if")
    let then = try parseBody(of: "if")
    guard take(word: "else") != nil else {
      return .conditional(condition: condition, then: then, otherwise: nil)
    }
    let next = peek()
    guard isWord("if", next) else {
      return .conditional(condition: condition, then: then, otherwise: try parseBody(of: "else"))
    }
    let other = try parseStatement()
    return .conditional(condition: condition, then: then, otherwise: Block([other], site: other.site))
  }

  /// Parses a condition.
  ///
  ///     condition ::= '(' expression ')'
  private mutating func parseCondition(of statement: String) throws(Abandoned) -> Expression {
    try expect(.leftParenthesis, "'(' after '\(statement)'")
    let condition = try parseExpression()
    try expect(.rightParenthesis, "")
    return condition
  }

  /// Parses the block that belongs to `statement`.
  private mutating func parseBody(of statement: String) throws(Abandoned) -> Block {
    guard peek().kind == .leftBrace else {
      let token = peek()
      lexer.error(
        "expected '{' but found \(description(of: token))", at: token.place,
        hint: "what belongs to '\(statement)' stands in braces")
      throw Abandoned()
    }
    return try parseBlock()
  }

  /// Parses a loop with a condition.
  ///
  ///     while-loop ::= 'while' condition block
  private mutating func parseWhileLoop() throws(Abandoned) -> Statement.Kind {
    take()
    let condition = try parseCondition(of: "while")
    return .whileLoop(condition: condition, body: try parseBody(of: "while"))
  }

  /// Parses a block that is repeated a fixed number of times.
  ///
  ///     unroll ::= 'unroll' condition block
  private mutating func parseUnroll() throws(Abandoned) -> Statement.Kind {
    take()
    let count = try parseCondition(of: "unroll")
    return .unroll(count: count, body: try parseBody(of: "unroll"))
  }

  /// Parses a loop over the elements of a map or the numbers of a range.
  ///
  ///     for-loop ::= 'for' '(' variable ':' (map | range) ')' block
  ///     range ::= expression '..' expression
  private mutating func parseForLoop() throws(Abandoned) -> Statement.Kind {
    take()
    try expect(.leftParenthesis, "'(' after 'for'")
    let variable = name(try expect(.scratch, "a variable"))
    guard take(.colon) != nil else {
      expected("':'", hint: "loops are written 'for ($i : 0..10)' or 'for ($kv : @map)'")
      discardParenthesized()
      throw Abandoned()
    }
    let first = try parseExpression()
    if take(.range) != nil {
      let upper = try parseExpression()
      try expect(.rightParenthesis, "")
      return .forRange(variable: variable, lower: first, upper: upper, body: try parseBody(of: "for"))
    }
    guard case .map(let map, let key) = first.kind, key.isEmpty else {
      lexer.report(
        .error("expected a map or a range", at: first.site, hint: "write, for instance, '@map' or '0..10'"))
      throw Abandoned()
    }
    try expect(.rightParenthesis, "'..' or ')'")
    return .forEach(variable: variable, map: map, body: try parseBody(of: "for"))
  }

  /// Parses the declaration of a variable.
  ///
  ///     declaration ::= 'let' variable (':' type)? ('=' expression)?
  private mutating func parseDeclaration() throws(Abandoned) -> Statement.Kind {
    take()
    if peek().kind == .map {
      lexer.error(
        "maps are declared outside of blocks", at: peek().place, hint: "move it in front of the probe")
      throw Abandoned()
    }
    let variable = name(try expect(.scratch, "a variable"))
    let type = take(.colon) != nil ? try parseType() : nil
    let value = take(.assign) != nil ? try parseExpression() : nil
    return .declaration(variable: variable, type: type, value: value)
  }

  /// Parses the end of a probe or a macro.
  ///
  ///     return ::= 'return' expression?
  private mutating func parseReturn() throws(Abandoned) -> Statement.Kind {
    take()
    return .returnFromProbe(peek().kind.beginsOperand ? try parseExpression() : nil)
  }

}
