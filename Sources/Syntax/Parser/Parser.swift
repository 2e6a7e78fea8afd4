import Diagnostics

/// Builds the tree of a script by recursive descent: one function for each production of the grammar.
///
/// A function that finds something wrong reports it and throws `Abandoned`; statements and action blocks catch that and
/// go on behind what was abandoned, so that one mistake is reported once and those behind it are reported too.
struct Parser {

  /// The source of tokens, and what was reported.
  var lexer: Lexer

  /// The parameters of the command line.
  let parameters: [String]

  /// What parameters are if the command line does not give them, by number, as far as the script says.
  var parameterDefaults: [Int: String] = [:]

  /// What the text is parsed for.
  let goal: ParseGoal

  /// The next token, if it has been looked at.
  var lookahead: Token?

  /// The offset behind the token that was taken last.
  var previousEnd = 0

  /// The names for types that the script has defined so far.
  var typeNames: Set<String> = []

  /// The token that was taken last.
  var previous = Token(.end, at: 0..<0)

  /// The first token of the statement that was begun last.
  var statementStart = Token(.end, at: 0..<0)

  /// The offset at which the probe that was read last begins.
  var probeStart = 0

  /// The number of nodes made so far.
  var nodeCount = 0

  /// The number of expressions, statements and types that what is being parsed is nested in.
  var depth = 0

  /// The height of the tree of the expression that was parsed last.
  var height = 0

  /// The greatest height of the trees of the expressions in the innermost block so far.
  var blockHeight = 0

  /// `true` iff a slash in front of a brace ends the expression, because it is that of a predicate.
  var isInPredicate = false

  /// `true` iff it has been reported that a brace is not closed, which stops everything.
  var isEndReported = false

  /// What may be nested in one another at most.
  static let depthLimit = 200

  /// The greatest height of the tree of an expression, which long chains of operators reach without nesting.
  static let heightLimit = 400

  /// Thrown when what is being parsed is given up; the reason has been reported.
  struct Abandoned: Error {}

  /// Creates a parser of `source` that gives identities from `nodeCount` on.
  init(
    _ source: SourceFile, parameters: [String], goal: ParseGoal, facts: (any PreprocessorFacts)? = nil,
    nodeCount: Int = 0
  ) {
    self.lexer = Lexer(source, in: 0..<source.text.count, knowing: facts)
    self.goal = goal
    self.parameters = parameters
    self.nodeCount = nodeCount
  }

  // MARK: Tokens

  /// Returns the next token.
  mutating func peek() -> Token {
    if let token = lookahead { return token }
    let token = lexer.take()
    lookahead = token
    return token
  }

  /// Returns the next token and moves behind it.
  @discardableResult
  mutating func take() -> Token {
    let token = peek()
    lookahead = nil
    previousEnd = token.place.upperBound
    previous = token
    return token
  }

  /// Moves behind the next token and returns it if it is a `kind`, else returns nil.
  mutating func take(_ kind: Token.Kind) -> Token? {
    peek().kind == kind ? take() : nil
  }

  /// Moves behind the next token and returns it if it is the word `word`, else returns nil.
  mutating func take(word: StaticString) -> Token? {
    let token = peek()
    return isWord(word, token) ? take() : nil
  }

  /// Returns `true` iff `token` is the word `word`.
  func isWord(_ word: StaticString, _ token: Token) -> Bool {
    token.kind == .identifier && lexer.isText(word, in: token.text)
  }

  /// Moves behind the next token and returns it if it is a `kind`, else reports that it should be one.
  ///
  /// `purpose` says what the token is wanted for.
  @discardableResult
  mutating func expect(
    _ kind: Token.Kind, _ purpose: String, hint: String? = nil
  ) throws(Abandoned) -> Token {
    guard let token = take(kind) else {
      expected(purpose.isEmpty ? "'\(kind.rawValue)'" : purpose, hint: hint)
      throw Abandoned()
    }
    return token
  }

  /// Forgets the token that was looked at, so that the lexer stands in front of it.
  mutating func discardLookahead() {
    lexer.expansions.removeAll()
    guard let token = lookahead else { return }
    lookahead = nil
    lexer.position = token.place.lowerBound
  }

  // MARK: Nodes

  /// Returns an identity that no other node has.
  mutating func makeID() -> NodeID {
    nodeCount += 1
    return NodeID(nodeCount - 1)
  }

  /// Returns the place from `start` to the end of the token that was taken last.
  func site(from start: Int) -> SourceSpan {
    lexer.span(start..<max(start, previousEnd))
  }

  /// Returns an expression that reaches from `start` to the token that was taken last.
  mutating func makeExpression(_ kind: Expression.Kind, from start: Int) -> Expression {
    Expression(id: makeID(), site: site(from: start), kind: kind)
  }

  /// Returns the name that `token` is.
  func name(_ token: Token) -> Name {
    Name(lexer.string(token.text), at: lexer.span(token.place))
  }

  /// Returns what `body` returns, parsing one level deeper, unless that is too deep, which is reported.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(Abandoned) -> Result
  ) throws(Abandoned) -> Result {
    guard depth < Parser.depthLimit else {
      lexer.error("nested too deeply", at: peek().place)
      throw Abandoned()
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  /// Notes that the tree of the expression just made is one higher than `operands`, unless that is too high, which is
  /// reported.
  mutating func raiseHeight(above operands: Int) throws(Abandoned) {
    height = operands + 1
    blockHeight = max(blockHeight, height)
    guard height <= Parser.heightLimit else {
      lexer.error("expression is too long", at: peek().place, hint: "store a part of it in a variable")
      throw Abandoned()
    }
  }

}
