/// What helps who wrote something that is not expected.
extension Parser {

  /// Returns what may help who wrote `token`, the next one, where `wanted` is expected.
  mutating func hint(for token: Token, insteadOf wanted: String) -> String? {
    if let other = Parser.otherSpellings[lexer.string(token.text)], token.kind == .identifier {
      return other
    }
    if token.kind.isAssignment && (wanted.contains("')'") || wanted.contains("']'")) {
      let isPlain = token.kind == .assign
      return (isPlain ? "compare with '=='; " : "") + "assignments are statements of their own"
    }
    switch wanted {
    case "';'": return hintForEnd(at: token)
    case "an expression": return hintForExpression(at: token)
    case "a key": return "a map without keys has no brackets"
    case "a variable": return "variables begin with '$', as in '$x'"
    case "a probe": return "write, for instance, 'BEGIN { exit(); }'"
    case "the name of a map": return "maps begin with '@'; variables are declared in blocks"
    case "',', '/' or '{' after the probe": return hintForProbe(at: token)
    case "'{' after the predicate": return "statements stand in braces"
    case "'{'" where token.kind == .end: return "statements stand in braces"
    default: break
    }
    if wanted.hasPrefix("'(' after '") {
      return "what '\(lexer.string(previous.text))' depends on stands in parentheses"
    }
    if wanted.hasSuffix("')'") { return "close '(' with ')'" }
    if wanted.hasSuffix("']'") { return "close '[' with ']'" }
    return nil
  }

  /// What other languages call something, and what it is here.
  private static let otherSpellings = [
    "and": "write '&&'", "or": "write '||'", "in": "write ':'",
  ]

  /// The words that begin statements of other languages, and what to write here.
  static let otherStatements = [
    "elif": "write 'else if'", "elseif": "write 'else if'", "elsif": "write 'else if'",
    "do": "write 'while (…) { … }'", "switch": "write 'if (…) { … } else if (…) { … }'",
    "var": "write 'let $x = …'", "auto": "write 'let $x = …'", "not": "write '!'",
    "function": "write 'macro name() { … }' outside of blocks",
    "fn": "write 'macro name() { … }' outside of blocks",
  ]

  /// Returns what may help where a statement should end in front of `token`.
  private func hintForEnd(at token: Token) -> String {
    let word = lexer.string(previous.text)
    if previous.kind == .identifier {
      if let other = Parser.otherStatements[word] { return other }
      switch token.kind {
      case .identifier, .scratch: return "variables are declared with 'let', as in 'let $x = 1'"
      case .string, .integer, .map, .positional: return "arguments stand in parentheses, as in '\(word)(…)'"
      default: break
      }
    }
    switch token.kind {
    case .leftBrace:
      return Parser.otherStatements[lexer.string(statementStart.text)] ?? "statements end in ';'"
    case .colon: return "assign with '='"
    case .rightParenthesis, .rightBracket: return "nothing is open that '\(token.kind.rawValue)' closes"
    default: return "statements end in ';'"
    }
  }

  /// Returns what may help where an expression should begin with `token`.
  private func hintForExpression(at token: Token) -> String? {
    if token.kind == .greater && previous.kind == .assign { return "compare with '>='" }
    if token.kind == .greater && previous.kind == .less { return "compare with '!='" }
    if token.kind == .dot && previous.kind == .range { return "ranges have two dots, as in '0..10'" }
    if isWord("else", token) {
      return previous.kind == .semicolon
        ? "take out the ';' in front of it" : "'else' stands behind the block of an 'if'"
    }
    if isReserved(token) { return "'\(lexer.string(token.text))' is a word of the language, no value" }
    return nil
  }

  /// Returns what may help where a block or another probe should follow a probe and `token` does.
  private func hintForProbe(at token: Token) -> String? {
    if token.kind == .identifier {
      let before = lexer.string(probeStart..<previousEnd)
      if before == "import" { return "write the path in quotes" }
      if !before.contains(":") {
        return "the parts of a probe are joined by ':', and statements stand in braces"
      }
      let rest = lexer.text[token.place.upperBound...]
      if rest.first == UInt8(ascii: ":") { return "probes that share a block have ',' between them" }
    }
    return "statements stand in braces, a predicate between slashes"
  }

}
