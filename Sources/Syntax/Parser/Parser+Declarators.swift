import Diagnostics

/// What is declared in definitions in C, and attributes.
extension Parser {

  /// Parses what is declared to be of a type.
  mutating func parseCDeclarators() throws(Abandoned) -> [CDeclarator] {
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
  mutating func parseAttributes(_ attributes: CAttributes) throws(Abandoned) -> CAttributes {
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
  mutating func takeCQualifiers() {
    while peek().kind == .identifier, Parser.qualifiersOfC.contains(lexer.string(peek().text)) { take() }
  }

  /// Words of C and of the kernel's sources that do not change how a value is read.
  private static let qualifiersOfC: Set<String> = [
    "const", "volatile", "restrict", "__restrict", "__user", "__kernel", "__rcu", "__percpu", "__iomem",
    "register", "extern", "static", "inline", "__extension__",
  ]

}
