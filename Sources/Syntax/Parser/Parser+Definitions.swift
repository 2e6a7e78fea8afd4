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
  private mutating func checkEnd(of open: Token) throws(Abandoned) {
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

  /// Parses what is declared to be of a type.
  private mutating func parseCDeclarators() throws(Abandoned) -> [CDeclarator] {
    var declarators: [CDeclarator] = []
    repeat { declarators.append(try parseCDeclarator()) } while take(.comma) != nil
    return declarators
  }

  /// Parses what is declared to be of a type, with the width of a bit field.
  ///
  ///     c-declarator ::= c-derivation (':' expression)? attribute*
  private mutating func parseCDeclarator() throws(Abandoned) -> CDeclarator {
    let start = peek().place.lowerBound
    var attributes = try parseAttributes(CAttributes())
    let (name, derivations) = try parseDerivation()
    attributes = try parseAttributes(attributes)
    let width = take(.colon) == nil ? nil : try parseExpression()
    attributes = try parseAttributes(attributes)
    if name == nil && width == nil {
      expected("the name of a member")
      throw Abandoned()
    }
    return CDeclarator(
      site: site(from: start), name: name, derivations: derivations, width: width, attributes: attributes)
  }

  /// Parses a name and what makes its type out of that in front of it.
  ///
  ///     c-derivation ::=
  ///       '*'* (identifier | '(' c-derivation ')')? ('[' expression? ']' | '(' token* ')')*
  private mutating func parseDerivation() throws(Abandoned) -> (Name?, [CDerivation]) {
    var derivations: [CDerivation] = []
    while take(.star) != nil {
      derivations.append(.pointer)
      takeCQualifiers()
    }
    var name: Name? = nil
    var inner: [CDerivation] = []
    if peek().kind == .identifier {
      name = self.name(take())
    } else if take(.leftParenthesis) != nil {
      (name, inner) = try nested { (parser) throws(Abandoned) in try parser.parseDerivation() }
      try expect(.rightParenthesis, "")
    }
    // `a[2][3]` is an array of 2 arrays of 3: the last dimension is the first step.
    var suffixes: [CDerivation] = []
    while true {
      if take(.leftBracket) != nil {
        suffixes.append(.array(peek().kind == .rightBracket ? nil : try parseExpression()))
        try expect(.rightBracket, "")
      } else if let open = take(.leftParenthesis) {
        try discardParameters(behind: open)
        suffixes.append(.function)
      } else {
        break
      }
      if suffixes.count + derivations.count > 32 {
        lexer.error("type is nested too deeply", at: peek().place)
        throw Abandoned()
      }
    }
    return (name, derivations + suffixes.reversed() + inner)
  }

  /// Moves behind the parenthesis that closes `open`.
  private mutating func discardParameters(behind open: Token) throws(Abandoned) {
    var depth = 1
    while depth > 0 {
      try checkEnd(of: open)
      switch take().kind {
      case .leftParenthesis: depth += 1
      case .rightParenthesis: depth -= 1
      default: break
      }
    }
  }

  /// Parses attributes, if there are any, and returns `attributes` with what they say.
  ///
  ///     attribute ::= '__attribute__' '(' '(' token* ')' ')'
  private mutating func parseAttributes(_ attributes: CAttributes) throws(Abandoned) -> CAttributes {
    var attributes = attributes
    while take(word: "__attribute__") != nil {
      let outer = try expect(.leftParenthesis, "'(('")
      try expect(.leftParenthesis, "'(('")
      while take(.rightParenthesis) == nil {
        try checkEnd(of: outer)
        let token = take()
        if isWord("packed", token) || isWord("__packed__", token) { attributes.isPacked = true }
        let isAlignment = isWord("aligned", token) || isWord("__aligned__", token)
        guard let open = take(.leftParenthesis) else {
          // Without a number it is the greatest alignment of the machine.
          if isAlignment {
            attributes.alignments.append(makeExpression(.integer(IntegerLiteral(16)), from: previousEnd))
          }
          continue
        }
        if isAlignment {
          attributes.alignments.append(try parseExpression())
          try expect(.rightParenthesis, "")
        } else {
          try discardParameters(behind: open)
        }
      }
      try expect(.rightParenthesis, "")
    }
    return attributes
  }

  /// Moves behind words that do not change how a value is read.
  private mutating func takeCQualifiers() {
    while peek().kind == .identifier, Parser.qualifiersOfC.contains(lexer.string(peek().text)) { take() }
  }

  /// Words of C and of the kernel's sources that do not change how a value is read.
  private static let qualifiersOfC: Set<String> = [
    "const", "volatile", "restrict", "__restrict", "__user", "__kernel", "__rcu", "__percpu", "__iomem",
    "register", "extern", "static", "inline", "__extension__",
  ]

}
