import Diagnostics

/// Definitions in C.
extension Parser {

  /// Parses a definition in C.
  ///
  ///     definition ::= aggregate ';'? | 'typedef' c-type (c-declarator (',' c-declarator)*)? ';'
  mutating func parseDefinition() throws(Abandoned) -> CDefinition {
    let start = peek().place.lowerBound
    if take(word: "typedef") != nil {
      let type = try parseCType()
      let names = peek().kind == .semicolon ? [] : try parseCDeclarators()
      try expect(.semicolon, "',' or ';'")
      for name in names { if let name = name.name { typeNames.insert(name.text) } }
      return CDefinition(site: site(from: start), type: type, names: names)
    }
    let type = try parseAggregate()
    let isComplete =
      switch type {
      case .structure(let structure): structure.members != nil
      case .enumeration(let enumeration): enumeration.constants != nil
      case .named: false
      }
    if !isComplete && peek().kind != .semicolon {
      expected("'{' or ';'")
      throw Abandoned()
    }
    _ = take(.semicolon)
    return CDefinition(site: site(from: start), type: type, names: nil)
  }

  /// Parses a structure, a union or an enumeration, defined or by its tag only.
  ///
  ///     aggregate ::=
  ///       ('struct' | 'union') attribute* identifier? ('{' c-member* '}')? attribute* |
  ///       'enum' attribute* identifier? ('{' (constant (',' constant)* ','?)? '}')? attribute*
  private mutating func parseAggregate() throws(Abandoned) -> CType {
    let start = peek().place.lowerBound
    let word = take()
    var attributes = try parseAttributes(CAttributes())
    let tag = peek().kind == .identifier ? name(take()) : nil
    guard isWord("enum", word) else {
      var members: [CMember]? = nil
      if let open = take(.leftBrace) {
        members = try nested { (parser) throws(Abandoned) in try parser.parseCMembers(behind: open) }
      } else if tag == nil {
        expected("a name or '{'")
        throw Abandoned()
      }
      attributes = try parseAttributes(attributes)
      return .structure(
        CStructure(
          site: site(from: start), isUnion: isWord("union", word), tag: tag, members: members,
          attributes: attributes))
    }
    var constants: [(name: Name, value: Expression?)]? = nil
    if let open = take(.leftBrace) {
      constants = try parseConstants(behind: open)
    } else if tag == nil {
      expected("a name or '{'")
      throw Abandoned()
    }
    attributes = try parseAttributes(attributes)
    return .enumeration(
      CEnumeration(site: site(from: start), tag: tag, constants: constants, attributes: attributes))
  }

  /// Parses the constants of an enumeration up to its end.
  ///
  ///     constant ::= identifier ('=' expression)?
  private mutating func parseConstants(
    behind open: Token
  ) throws(Abandoned) -> [(name: Name, value: Expression?)] {
    var constants: [(name: Name, value: Expression?)] = []
    while peek().kind != .rightBrace {
      try checkEnd(of: open)
      let constant = name(try expect(.identifier, "the name of a constant"))
      let value = take(.assign) == nil ? nil : try parseExpression()
      constants.append((constant, value))
      if take(.comma) == nil { break }
    }
    try checkEnd(of: open)
    try expect(.rightBrace, "',' or '}'")
    return constants
  }

  /// Parses the members of a structure up to its end.
  ///
  ///     c-member ::= c-type (c-declarator (',' c-declarator)*)? ';'
  private mutating func parseCMembers(behind open: Token) throws(Abandoned) -> [CMember] {
    var members: [CMember] = []
    while take(.rightBrace) == nil {
      try checkEnd(of: open)
      if take(.semicolon) != nil { continue }
      let start = peek().place.lowerBound
      let type = try parseCType()
      let declarators = peek().kind == .semicolon ? [] : try parseCDeclarators()
      members.append(CMember(site: site(from: start), type: type, declarators: declarators))
      try checkEnd(of: open)
      try expect(.semicolon, "',' or ';'")
    }
    return members
  }

  /// Reports that `open` is not closed if the script ends here.
  mutating func checkEnd(of open: Token) throws(Abandoned) {
    guard peek().kind == .end else { return }
    unclosed(open)
    throw Abandoned()
  }

  /// Parses a type without what its declarators add.
  ///
  ///     c-type ::= attribute* (aggregate | identifier+) attribute*
  private mutating func parseCType() throws(Abandoned) -> CType {
    takeCQualifiers()
    _ = try parseAttributes(CAttributes())
    takeCQualifiers()
    let token = peek()
    for keyword: StaticString in ["struct", "union", "enum"] where isWord(keyword, token) {
      let type = try parseAggregate()
      takeCQualifiers()
      return type
    }
    let first = try expect(.identifier, "a type")
    var words = lexer.string(first.text)
    if Parser.wordsOfC.contains(words) {
      takeCQualifiers()
      while peek().kind == .identifier, Parser.wordsOfC.contains(lexer.string(peek().text)) {
        words += " " + lexer.string(take().text)
        takeCQualifiers()
      }
    }
    let type = Name(words, at: site(from: first.place.lowerBound))
    takeCQualifiers()
    return .named(type)
  }

}
