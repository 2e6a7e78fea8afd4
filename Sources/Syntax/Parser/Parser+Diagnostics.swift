import Diagnostics

/// Messages, sorted by name.
extension Parser {

  /// Reports that the next token is not `wanted`.
  ///
  /// `hint` says what to do about it where that is known better than by the token.
  mutating func expected(_ wanted: String, hint: String? = nil) {
    let token = peek()
    if token.kind == .end && (isEndReported || lexer.isTerminationReported) { return }
    // Bytes in front of the token that mean nothing were reported; they are probably why it is unexpected.
    if lexer.unknownBytes.lowerBound >= previousEnd && !lexer.unknownBytes.isEmpty { return }
    // So is a string that is not terminated and has swallowed what should follow it.
    if lexer.isTerminationReported && isBehindLineEnd(token) { return }
    lexer.error(
      "expected \(wanted) but found \(description(of: token))", at: token.place,
      hint: hint ?? self.hint(for: token, insteadOf: wanted))
  }

  /// Returns `true` iff `token` is in a line behind that of the token that was taken last.
  func isBehindLineEnd(_ token: Token) -> Bool {
    lexer.text[min(previousEnd, token.place.lowerBound)..<token.place.lowerBound].contains(UInt8(ascii: "\n"))
  }

  /// Reports that `target` may not be assigned to.
  mutating func cannotAssign(to target: Expression) {
    // `$0` was reported for what it is.
    if case .positional(0, _) = target.kind { return }
    let hint: String
    switch target.kind {
    case .identifier(let name): hint = "variables begin with '$' and maps with '@', as in '$\(name)'"
    case .member, .element: hint = "only whole variables, and elements of maps, can be changed"
    case .index(let base, _):
      if case .map = base.kind {
        hint = "the keys of a map stand in one pair of brackets, as in '@x[1, 2]'"
      } else {
        hint = "only whole variables, and elements of maps, can be changed"
      }
    default: hint = "what is assigned to stands in front of the '='"
    }
    lexer.report(.error("only variables and maps can be assigned to", at: target.site, hint: hint))
  }

  /// Reports that `item`, which begins at the lexer's position, belongs in front of the probes, macros and maps that `script`
  /// has so far, if it has some.
  mutating func misplaced(_ item: String, behind script: Script) {
    let sites = [
      script.actions.first?.probes[0].site, script.macros.first?.name.site,
      script.mapDeclarations.first?.map.site,
    ]
    guard let first = sites.compactMap({ $0 }).min(by: { $0.start < $1.start }) else { return }
    let start = lexer.position
    var ahead = lexer
    ahead.isSilent = true
    ahead.discardName()
    lexer.report(
      .error(
        "\(item) must stand in front of all probes, macros and maps",
        at: lexer.span(start..<ahead.position),
        notes: [Diagnostic.Note("the first of them is here", at: first)]))
  }

  /// Reports that a statement, which ends at the token taken last, has no semicolon.
  mutating func missingSemicolon() {
    lexer.error(
      "expected ';' at the end of the statement", at: max(0, previousEnd - 1)..<previousEnd,
      hint: "statements end in ';'")
  }

  /// Reports that the brace at `open` is not closed, unless that was reported of another one.
  mutating func unclosed(_ open: Token) {
    if isEndReported { return }
    isEndReported = true
    // What was reported of the end of the script, or of a string that ran away, has the same cause.
    if lexer.isTerminationReported || lexer.diagnostics.elements.last?.site.start == lexer.endOfContent {
      return
    }
    lexer.error("'{' is not closed", at: open.place, hint: "close it with '}'")
  }

  /// Returns how messages refer to `token`.
  func description(of token: Token) -> String {
    switch token.kind {
    case .end: "the end of the script"
    case .string: "a string"
    default: "'\(lexer.string(token.text))'"
    }
  }

}
