import Diagnostics

/// Definitions for the C preprocessor.
extension Lexer {

  /// Reads `NAME tokens` or `NAME(parameters) tokens` in `range` and notes what is defined.
  ///
  ///     define ::=
  ///       '#' 'define' identifier ('(' (identifier (',' identifier)*)? (','? '...')? ')')? token* end-of-line
  mutating func parseDefinition(_ range: Range<Int>) {
    within(range) { lexer in
      lexer.discardBlanks()
      let start = lexer.position
      lexer.discardName()
      guard lexer.position > start, lexer.byte(at: start).beginsName else {
        lexer.error("expected a name after '#define'", at: start..<max(start, range.upperBound))
        return
      }
      let name = Name(lexer.string(start..<lexer.position), at: lexer.span(start..<lexer.position))
      var definition = Definition(tokens: [])
      if lexer.byte(at: lexer.position) == UInt8(ascii: "("),
        !lexer.parseParameters(of: name.text, into: &definition)
      {
        return
      }
      let bodyStart = lexer.position
      while true {
        let token = lexer.scanInDefinition()
        if token.kind == .end { break }
        definition.tokens.append(token)
      }
      lexer.definitions[name.text] = definition
      lexer.preamble.append(.define(name, body: lexer.span(bodyStart..<range.upperBound)))
    }
  }

  /// Reads the parameters of the definition of `name` at `position` and returns `true` iff they are well formed.
  private mutating func parseParameters(of name: String, into definition: inout Definition) -> Bool {
    let open = position
    position += 1
    var parameters: [String] = []
    while true {
      let token = scanInDefinition()
      let text = string(token.text)
      switch token.kind {
      case .rightParenthesis where parameters.isEmpty: break
      case .range where byte(at: position) == UInt8(ascii: "."):
        position += 1
        definition.isVariadic = true
        parameters.append("__VA_ARGS__")
      case .identifier where !parameters.contains(text):
        parameters.append(text)
        if string(position..<min(position + 3, limit)) == "..." {
          position += 3
          definition.isVariadic = true
        }
      case .identifier:
        error("the definition '\(name)' has two parameters '\(text)'", at: token.place)
        return false
      default:
        error("expected the name of a parameter or ')'", at: token.place)
        return false
      }
      let separator = token.kind == .rightParenthesis ? token : scanInDefinition()
      if separator.kind == .rightParenthesis { break }
      guard separator.kind == .comma, !definition.isVariadic else {
        error("the parameters of '\(name)' are not closed", at: open..<open + 1, hint: "close them with ')'")
        return false
      }
    }
    definition.parameters = parameters
    return true
  }

  /// Returns the next token of a line for the preprocessor, which may be one that only such lines have, and moves behind it.
  mutating func scanInDefinition() -> Token {
    discardTrivia()
    let start = position
    switch byte(at: start) {
    case UInt8(ascii: "#"):
      let isDoubled = byte(at: start + 1) == UInt8(ascii: "#")
      position += isDoubled ? 2 : 1
      return Token(isDoubled ? .pasting : .hash, at: start..<position)
    case UInt8(ascii: "'"):
      guard let value = takeCharacter() else { return scan() }
      var token = generated(String(value))
      token.place = start..<position
      return token
    default:
      return scan()
    }
  }

  /// Returns the value of the character in quotes at `position` and moves behind it, nil if there is none.
  private mutating func takeCharacter() -> Int? {
    var end = position + 1
    while end < limit, text[end] != UInt8(ascii: "'"), text[end] != UInt8(ascii: "\n") {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < limit, text[end] == UInt8(ascii: "'"), end > position + 1 else { return nil }
    // What stands between these quotes is what stands in a string, but for the quotes themselves.
    let bytes: [UInt8]
    switch string(position + 1..<end) {
    case "\"": bytes = [UInt8(ascii: "\"")]
    case "\\'": bytes = [UInt8(ascii: "'")]
    default:
      var ahead = self
      ahead.isSilent = true
      bytes = ahead.contents(Token(.string, at: position..<end))
    }
    guard bytes.count == 1 else { return nil }
    position = end + 1
    return Int(Int8(bitPattern: bytes[0]))
  }

  /// Forgets the definition that `range` behind an `#undef` at `place` names.
  mutating func parseUndefinition(_ place: Range<Int>, _ range: Range<Int>) {
    let name = word(in: range)
    if name.isEmpty { error("expected a name after '\(string(place))'", at: place) }
    definitions[name] = nil
    removed.insert(name)
  }

  /// Returns the first word in `range`, empty if there is none.
  func word(in range: Range<Int>) -> String {
    var ahead = self
    return ahead.within(range) { lexer in
      lexer.discardBlanks()
      let start = lexer.position
      lexer.discardName()
      return lexer.string(start..<lexer.position)
    }
  }

  /// Returns the first token of `characters`, which the preprocessor made.
  mutating func generated(_ characters: String) -> Token {
    generatedTokens(characters).first ?? Token(.end, at: 0..<0)
  }

  /// Returns the tokens of `characters`, which the preprocessor made.
  mutating func generatedTokens(_ characters: String) -> [Token] {
    let start = text.count
    text += Array(characters.utf8)
    return within(start..<text.count) { lexer in
      var result: [Token] = []
      while true {
        let token = lexer.scan()
        if token.kind == .end { return result }
        result.append(token)
      }
    }
  }

}
