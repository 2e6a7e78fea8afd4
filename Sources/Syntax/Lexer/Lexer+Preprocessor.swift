import Diagnostics

extension Lexer {

  /// A definition whose tokens are being taken.
  struct Expansion {

    /// The name that is replaced.
    let name: String

    /// The place of the name in the script.
    let place: Range<Int>

    /// The tokens that replace it.
    let tokens: [Token]

    /// The index of the next token to be taken.
    var next = 0

  }

  /// The number of definitions that may be used by one another.
  private static let expansionDepth = 100

  /// The number of tokens that definitions may put into a script.
  private static let expansionLimit = 1_000_000

  /// Reads the line for the C preprocessor at `position`.
  ///
  ///     directive ::= '#' identifier token* end-of-line
  mutating func parseDirective() {
    let start = position
    position += 1
    discardBlanks()
    let nameStart = position
    discardName()
    let name = Name(string(nameStart..<position), at: span(nameStart..<position))
    let bodyStart = position
    discardDirectiveBody()
    let place = start..<bodyStart
    let body = bodyStart..<position
    switch name.text {
    case "define":
      parseDefinition(body)
    case "undef":
      definitions[word(in: body)] = nil
    case "ifdef", "ifndef":
      beginCondition(place, body: body, isNegated: name.text == "ifndef")
    case "if":
      conditions.append(Condition(place: place))
      error("'#if' is not supported by this version", at: place, hint: "'#ifdef' and '#ifndef' are")
    case "else", "elif":
      continueCondition(place)
    case "endif":
      endCondition(place)
    case "":
      break
    default:
      preamble.append(.directive(name, site: span(start..<position)))
    }
  }

  /// Moves to the end of a line for the C preprocessor, which a backslash at its end continues.
  private mutating func discardDirectiveBody() {
    while position < limit && text[position] != UInt8(ascii: "\n") {
      if text[position] == UInt8(ascii: "\\") && position + 1 < limit {
        position += 2
      } else if text[position] == UInt8(ascii: "/") && byte(at: position + 1) == UInt8(ascii: "*") {
        discardBlockComment()
      } else {
        position += 1
      }
    }
  }

  /// Moves behind the blanks at `position`.
  mutating func discardBlanks() {
    while byte(at: position) == UInt8(ascii: " ") || byte(at: position) == UInt8(ascii: "\t") {
      position += 1
    }
  }

  /// Reads `NAME tokens` in `range` and notes what is defined.
  ///
  ///     define ::= '#' 'define' identifier token* end-of-line
  private mutating func parseDefinition(_ range: Range<Int>) {
    var body = Lexer(source, in: range)
    body.isSilent = isSilent
    body.discardBlanks()
    let start = body.position
    body.discardName()
    guard body.position > start, body.byte(at: start).beginsName else {
      error("expected a name after '#define'", at: start..<max(start, range.upperBound))
      return
    }
    let name = string(start..<body.position)
    guard body.byte(at: body.position) != UInt8(ascii: "(") else {
      error(
        "'#define' with parameters is not supported by this version", at: start..<body.position)
      return
    }
    let bodyStart = body.position
    var tokens: [Token] = []
    while true {
      let token = body.take()
      if token.kind == .end { break }
      tokens.append(token)
    }
    for diagnostic in body.diagnostics.elements { report(diagnostic) }
    definitions[name] = tokens
    preamble.append(
      .define(Name(name, at: span(start..<bodyStart)), body: span(bodyStart..<range.upperBound)))
  }

  /// Prepares the tokens that replace `token` to be taken next and returns `true` iff it is to be replaced.
  mutating func beginExpansion(of token: Token) -> Bool {
    let name = string(token.text)
    guard let tokens = definitions[name], !expansions.contains(where: { $0.name == name }) else {
      return false
    }
    expandedCount += tokens.count
    guard expansions.count < Lexer.expansionDepth, expandedCount <= Lexer.expansionLimit else {
      error("definitions are replaced too many times", at: token.place)
      return false
    }
    expansions.append(Expansion(name: name, place: token.place, tokens: tokens))
    return true
  }

  /// Returns the next token of the innermost definition, nil iff there was none and the definition is done with.
  ///
  /// - Requires: the tokens of a definition are being taken.
  mutating func takeExpanded() -> Token? {
    let last = expansions.count - 1
    guard expansions[last].next < expansions[last].tokens.count else {
      expansions.removeLast()
      return nil
    }
    var token = expansions[last].tokens[expansions[last].next]
    expansions[last].next += 1
    token.place = expansions[last].place
    return token
  }

}
