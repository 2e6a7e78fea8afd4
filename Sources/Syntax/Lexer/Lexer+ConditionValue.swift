import Diagnostics

/// The values of `#if` and `#elif`.
extension Lexer {

  /// Returns `true` iff the condition in `range` behind the directive at `place` holds; what is wrong with it is reported.
  mutating func conditionHolds(_ range: Range<Int>, at place: Range<Int>) -> Bool {
    let tokens = within(range) { $0.conditionTokens() }
    let outer = expansions
    expansions = []
    defer { expansions = outer }
    replacedPlace = place
    var condition = ConditionParser(tokens: expanded(tokens), lexer: self)
    do throws(ConditionParser.Fault) {
      let value = try condition.parse()
      return value.bits != 0
    } catch {
      let directive = string(place)
      if tokens.isEmpty {
        self.error("expected a condition after '\(directive)'", at: place)
      } else {
        self.error("\(error.message) in the condition of '\(directive)'", at: trimmed(range))
      }
      return false
    }
  }

  /// Returns the range without the white space around it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let last = range.last, text[last].isSpace { range = range.dropLast() }
    while let first = range.first, text[first].isSpace { range = range.dropFirst() }
    return range
  }

  /// Returns the tokens of a condition with `1` or `0` in place of `defined NAME`.
  private mutating func conditionTokens() -> [Token] {
    var result: [Token] = []
    while true {
      let token = scanInDefinition()
      if token.kind == .end { return result }
      guard token.kind == .identifier, isText("defined", in: token.text) else {
        result.append(token)
        continue
      }
      var name = scanInDefinition()
      let isParenthesized = name.kind == .leftParenthesis
      if isParenthesized { name = scanInDefinition() }
      guard name.kind == .identifier else {
        error("expected a name after 'defined'", at: token.place)
        return result + [generated("0")]
      }
      if isParenthesized, scanInDefinition().kind != .rightParenthesis {
        error("expected ')' after 'defined(\(string(name.text))'", at: token.place)
      }
      result.append(generated(isDefined(string(name.text)) ? "1" : "0"))
    }
  }

}

/// Computes conditions of the preprocessor, in 64 bits, as C has it.
private struct ConditionParser {

  /// Why a condition has no value.
  struct Fault: Error {

    /// What is wrong, to be continued by where.
    let message: String

  }

  /// A number.
  struct Value {

    /// The bits.
    var bits: Int64

    /// `true` iff the number is one without a sign.
    var isUnsigned = false

  }

  /// The tokens, names replaced.
  let tokens: [Token]

  /// The lexer that the tokens are from.
  var lexer: Lexer

  /// The index of the next token.
  var next = 0

  /// The number of expressions that the one being parsed is nested in.
  var depth = 0

  /// `true` iff what is being parsed does not matter, so that it may even divide by zero.
  var isIgnored = false

  /// Creates a parser of `tokens`, which are from `lexer`.
  init(tokens: [Token], lexer: Lexer) {
    self.tokens = tokens
    self.lexer = lexer
  }

  /// Returns the value of the whole condition.
  mutating func parse() throws(Fault) -> Value {
    let value = try parseExpression()
    if let rest = peek() { throw Fault(message: "unexpected '\(lexer.string(rest.text))'") }
    return value
  }

  /// Returns the next token, nil at the end.
  private func peek() -> Token? { next < tokens.count ? tokens[next] : nil }

  /// Returns the value of an expression with `? :`.
  private mutating func parseExpression() throws(Fault) -> Value {
    depth += 1
    defer { depth -= 1 }
    if depth > 200 { throw Fault(message: "too many parentheses") }
    let condition = try parseBinary(above: 0)
    guard peek()?.kind == .question else { return condition }
    next += 1
    let first = try ignoring(condition.bits == 0) { (parser) throws(Fault) in try parser.parseExpression() }
    guard peek()?.kind == .colon else { throw Fault(message: "'?' without ':'") }
    next += 1
    let second = try ignoring(condition.bits != 0) { (parser) throws(Fault) in try parser.parseExpression() }
    let isUnsigned = first.isUnsigned || second.isUnsigned
    return Value(bits: condition.bits != 0 ? first.bits : second.bits, isUnsigned: isUnsigned)
  }

  /// Returns the value of operands joined by operators that bind more closely than `precedence`.
  private mutating func parseBinary(above precedence: Int) throws(Fault) -> Value {
    var left = try parseOperand()
    while let (operation, own) = peek()?.kind.binaryOperator, own > precedence {
      next += 1
      let isDecided = operation == .and && left.bits == 0 || operation == .or && left.bits != 0
      let right = try ignoring(isDecided) { (parser) throws(Fault) in try parser.parseBinary(above: own) }
      left = try apply(operation, left, right)
    }
    return left
  }

  /// Returns what `body` returns, which does not matter if `isIgnored`.
  private mutating func ignoring(
    _ isIgnored: Bool, _ body: (inout ConditionParser) throws(Fault) -> Value
  ) throws(Fault) -> Value {
    let outer = self.isIgnored
    self.isIgnored = outer || isIgnored
    defer { self.isIgnored = outer }
    return try body(&self)
  }

  /// Returns the value of an operand.
  private mutating func parseOperand() throws(Fault) -> Value {
    depth += 1
    defer { depth -= 1 }
    if depth > 200 { throw Fault(message: "too many operators") }
    guard let token = peek() else { throw Fault(message: "a value is missing") }
    next += 1
    switch token.kind {
    case .integer:
      let literal = lexer.integer(token)
      return Value(
        bits: Int64(truncatingIfNeeded: literal.value),
        isUnsigned: literal.isUnsigned || literal.value > UInt64(Int64.max))
    case .identifier:
      // C: names that are not defined are 0.
      if peek()?.kind == .leftParenthesis {
        throw Fault(message: "'\(lexer.string(token.text))' is not defined, but called")
      }
      return Value(bits: lexer.isText("true", in: token.text) ? 1 : 0)
    case .leftParenthesis:
      let value = try parseExpression()
      guard peek()?.kind == .rightParenthesis else { throw Fault(message: "'(' is not closed") }
      next += 1
      return value
    case .plus: return try parseOperand()
    case .minus:
      let value = try parseOperand()
      return Value(bits: 0 &- value.bits, isUnsigned: value.isUnsigned)
    case .tilde:
      let value = try parseOperand()
      return Value(bits: ~value.bits, isUnsigned: value.isUnsigned)
    case .not: return Value(bits: try parseOperand().bits == 0 ? 1 : 0)
    default: throw Fault(message: "unexpected '\(lexer.string(token.text))'")
    }
  }

  /// Returns `a operation b`.
  private func apply(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws(Fault) -> Value {
    let isUnsigned = a.isUnsigned || b.isUnsigned
    let (x, y) = (a.bits, b.bits)
    let (u, v) = (UInt64(bitPattern: x), UInt64(bitPattern: y))
    let isLess = isUnsigned ? u < v : x < y
    /// Returns what a comparison gives.
    func truth(_ holds: Bool) -> Value { Value(bits: holds ? 1 : 0) }
    /// Returns what an operation on numbers gives.
    func number(_ bits: Int64) -> Value { Value(bits: bits, isUnsigned: isUnsigned) }
    switch operation {
    case .add: return number(x &+ y)
    case .subtract: return number(x &- y)
    case .multiply: return number(x &* y)
    case .divide, .remainder:
      if y == 0 && isIgnored { return number(0) }
      if y == 0 { throw Fault(message: "division by zero") }
      let unsigned = operation == .divide ? u / v : u % v
      if isUnsigned { return number(Int64(bitPattern: unsigned)) }
      let result =
        operation == .divide ? x.dividedReportingOverflow(by: y) : x.remainderReportingOverflow(dividingBy: y)
      return number(result.partialValue)
    case .shiftLeft: return Value(bits: x << y, isUnsigned: a.isUnsigned)
    case .shiftRight:
      return Value(bits: a.isUnsigned ? Int64(bitPattern: u >> y) : x >> y, isUnsigned: a.isUnsigned)
    case .less: return truth(isLess)
    case .lessOrEqual: return truth(isLess || x == y)
    case .greater: return truth(!isLess && x != y)
    case .greaterOrEqual: return truth(!isLess)
    case .equal: return truth(x == y)
    case .notEqual: return truth(x != y)
    case .bitAnd: return number(x & y)
    case .bitOr: return number(x | y)
    case .bitXor: return number(x ^ y)
    case .and: return truth(x != 0 && y != 0)
    case .or: return truth(x != 0 || y != 0)
    }
  }

}
