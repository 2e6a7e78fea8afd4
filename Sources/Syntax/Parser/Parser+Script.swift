import Diagnostics

/// What stands outside of blocks.
extension Parser {

  /// Parses the whole text.
  ///
  ///     script ::= interpreter-line? item*
  ///     interpreter-line ::= '#!' character* end-of-line
  ///     item ::=
  ///       directive | define | definition | configuration | import | map-declaration | macro | action-block | ';'
  mutating func parseScript() -> Script {
    var script = Script(source: lexer.source)
    if let zero = lexer.text.firstIndex(of: 0) {
      lexer.error("the script is not a text: it has a zero byte", at: zero..<zero + 1)
      return script
    }
    lexer.discardByteOrderMark()
    if lexer.isAtInterpreterLine { lexer.discardLine() }
    while true {
      discardLookahead()
      lexer.discardTrivia()
      if lexer.position >= lexer.limit || lexer.isGivenUp { break }
      if lexer.byte(at: lexer.position) == UInt8(ascii: ";") {
        lexer.position += 1
        continue
      }
      do throws(Abandoned) { try parseItem(into: &script) } catch {
        // A brace that is not closed is noticed where the next probe begins, so that nothing is to be left out.
        if !isEndReported { recoverItem() }
        isEndReported = false
      }
    }
    lexer.endAllConditions()
    if lexer.isGivenUp {
      let end = lexer.span(lexer.position..<lexer.position)
      lexer.diagnostics.insert(.error("too many errors; the rest of the script was not read", at: end))
    }
    script.preamble = lexer.preamble
    // A comment that names the map is the more certain one.
    script.mapHelp.merge(lexer.mapHelp) { _, named in named }
    if goal == .program && script.actions.isEmpty && script.imports.isEmpty
      && !lexer.diagnostics.containsError
    {
      lexer.report(.noProbes(at: lexer.span(lexer.endOfContent..<lexer.endOfContent)))
    }
    script.nodeCount = nodeCount
    script.parameterDefaults = parameterDefaults
    return script
  }

  /// Parses what begins at the lexer's position.
  private mutating func parseItem(into script: inout Script) throws(Abandoned) {
    switch itemAhead() {
    case .configuration:
      misplaced("'config'", behind: script)
      script.configuration += try parseConfiguration()
    case .importation:
      misplaced("'import'", behind: script)
      script.imports.append(try parseImport())
    case .mapDeclaration:
      let help = lexer.comment(above: lexer.position)
      let declaration = try parseMapDeclaration()
      script.mapDeclarations.append(declaration)
      if let help { script.mapHelp[declaration.map.text] = help }
    case .macro: script.macros.append(try parseMacro())
    case .definition:
      misplaced("a definition of a C type", behind: script)
      let definition = try parseDefinition()
      script.definitions.append(definition)
      lexer.preamble.append(.definition(definition.site))
    case .strayBrace:
      let token = take()
      lexer.error("'}' closes nothing", at: token.place, hint: "take it out")
    case .actionBlock: script.actions.append(try parseActionBlock())
    }
  }

  /// What can stand outside of blocks.
  private enum Item {
    case configuration, importation, mapDeclaration, macro, definition, strayBrace, actionBlock
  }

  /// Returns what begins at the lexer's position, by its first word and what follows it.
  private func itemAhead() -> Item {
    let start = lexer.position
    if lexer.byte(at: start) == UInt8(ascii: "}") { return .strayBrace }
    guard lexer.byte(at: start).beginsName else { return .actionBlock }
    var ahead = lexer
    ahead.isSilent = true
    ahead.discardName()
    let word = start..<ahead.position
    let isFollowedBySpace = lexer.byte(at: ahead.position).isSpace
    ahead.discardTrivia()
    let next = lexer.byte(at: ahead.position)
    if lexer.isText("config", in: word) && next == UInt8(ascii: "=") {
      ahead.position += 1
      ahead.discardTrivia()
      return lexer.byte(at: ahead.position) == UInt8(ascii: "{") ? .configuration : .actionBlock
    }
    if lexer.isText("config", in: word) && next == UInt8(ascii: "{") { return .configuration }
    if lexer.isText("import", in: word) && next == UInt8(ascii: "\"") { return .importation }
    guard isFollowedBySpace || next == UInt8(ascii: "{") else { return .actionBlock }
    if lexer.isText("let", in: word) { return .mapDeclaration }
    if lexer.isText("macro", in: word) && next.beginsName { return .macro }
    for keyword: StaticString in ["struct", "union", "enum", "typedef"] where lexer.isText(keyword, in: word)
    {
      return .definition
    }
    return .actionBlock
  }

  /// Parses settings.
  ///
  ///     configuration ::= 'config' '=' '{' (setting (';' setting)* ';'?)? '}' ';'?
  private mutating func parseConfiguration() throws(Abandoned) -> [ConfigurationItem] {
    take()
    try expect(.assign, "", hint: "settings are written 'config = { … }'")
    let open = try expect(.leftBrace, "")
    var settings: [ConfigurationItem] = []
    while take(.rightBrace) == nil {
      if peek().kind == .end {
        unclosed(open)
        throw Abandoned()
      }
      if take(.semicolon) != nil { continue }
      settings.append(try parseSetting())
      if peek().kind != .rightBrace { try expect(.semicolon, "", hint: "settings end in ';'") }
    }
    _ = take(.semicolon)
    return settings
  }

  /// Parses a setting.
  ///
  ///     setting ::= identifier '=' expression
  private mutating func parseSetting() throws(Abandoned) -> ConfigurationItem {
    let key = try expect(.identifier, "the name of a setting")
    try expect(.assign, "")
    return ConfigurationItem(key: name(key), value: try parseExpression())
  }

  /// Parses the use of another file.
  ///
  ///     import ::= 'import' string ';'?
  private mutating func parseImport() throws(Abandoned) -> Import {
    take()
    let path = try expect(.string, "the path of a file in quotes")
    let text = String(decoding: lexer.contents(path), as: UTF8.self)
    _ = take(.semicolon)
    return Import(path: text, site: lexer.span(path.place))
  }

  /// Parses the declaration of a map.
  ///
  ///     map-declaration ::= 'let' map '=' identifier '(' arguments ')' ';'?
  private mutating func parseMapDeclaration() throws(Abandoned) -> MapDeclaration {
    take()
    let map = try expect(.map, "the name of a map")
    try expect(.assign, "")
    let kind = try expect(.identifier, "the kind of the map")
    try expect(.leftParenthesis, "")
    let arguments = try parseArguments()
    try expect(.rightParenthesis, "")
    _ = take(.semicolon)
    return MapDeclaration(map: name(map), kind: name(kind), arguments: arguments)
  }

  /// Parses a macro.
  ///
  ///     macro ::= 'macro' identifier '(' (parameter (',' parameter)*)? ')' block
  private mutating func parseMacro() throws(Abandoned) -> Macro {
    take()
    let macroName = try expect(.identifier, "the name of a macro")
    try expect(
      .leftParenthesis, "", hint: "a macro without parameters has parentheses too, as in 'macro a() { … }'")
    var parameters: [Name] = []
    if peek().kind != .rightParenthesis {
      repeat { parameters.append(try parseParameter()) } while take(.comma) != nil
    }
    try expect(.rightParenthesis, "',' or ')'")
    let start = peek().place.lowerBound
    let (statements, value) = try nested { (parser) throws(Abandoned) in try parser.parseBlockBody() }
    let body = Block(statements, site: site(from: start))
    return Macro(name: name(macroName), parameters: parameters, body: body, value: value)
  }

  /// Parses a parameter of a macro.
  ///
  ///     parameter ::= identifier | variable | map
  private mutating func parseParameter() throws(Abandoned) -> Name {
    switch peek().kind {
    case .identifier, .scratch, .map: return name(take())
    default:
      expected("the name of a parameter")
      throw Abandoned()
    }
  }

}
