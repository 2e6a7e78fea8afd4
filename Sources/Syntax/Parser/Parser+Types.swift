import Diagnostics

/// Names of types.
extension Parser {

  /// Parses the name of a type, which is read from left to right.
  ///
  ///     type ::= base-type ('*' | '[' integer? ']')*
  mutating func parseType() throws(Abandoned) -> TypeName {
    let start = peek().place.lowerBound
    var type = try nested { (parser) throws(Abandoned) in try parser.parseBaseType() }
    var suffixes = 0
    while true {
      if take(.star) != nil {
        while takeQualifier() {}
        type = TypeName(site: site(from: start), kind: .pointer(type))
      } else if take(.leftBracket) != nil {
        let count = try parseElementCount()
        try expect(.rightBracket, "")
        type = TypeName(site: site(from: start), kind: .array(type, count))
      } else {
        return type
      }
      suffixes += 1
      if suffixes > 32 {
        lexer.error("type is nested too deeply", at: start..<previousEnd)
        throw Abandoned()
      }
    }
  }

  /// Parses the number of elements of an array, nil iff there is none.
  private mutating func parseElementCount() throws(Abandoned) -> Int? {
    guard peek().kind != .rightBracket else { return nil }
    let token = try expect(.integer, "the number of elements")
    let count = lexer.integer(token).value
    guard count <= 1 << 31 else {
      lexer.error("arrays do not have that many elements", at: token.place)
      throw Abandoned()
    }
    return Int(count)
  }

  /// Parses a type without stars and brackets.
  ///
  ///     base-type ::=
  ///       ('struct' | 'union' | 'enum') identifier | identifier+ | 'typeof' '(' expression ')' |
  ///       '(' (type-element (',' type-element)* ','?)? ')'
  private mutating func parseBaseType() throws(Abandoned) -> TypeName {
    while takeQualifier() {}
    let start = peek().place.lowerBound
    if take(.leftParenthesis) != nil {
      let kind = try parseTypeElements()
      try expect(.rightParenthesis, "',' or ')'")
      return TypeName(site: site(from: start), kind: kind)
    }
    let word = try expect(.identifier, "a type")
    let kind: TypeName.Kind
    if isWord("struct", word) {
      kind = .structure(try parseTag())
    } else if isWord("union", word) {
      kind = .union(try parseTag())
    } else if isWord("enum", word) {
      kind = .enumeration(try parseTag())
    } else if isWord("typeof", word) && peek().kind == .leftParenthesis {
      kind = .typeof(try parseBracketed { (parser) throws(Abandoned) in try parser.parseTypeofOperand() })
    } else {
      kind = .named(takeTypeWords(behind: word))
    }
    while takeQualifier() {}
    return TypeName(site: site(from: start), kind: kind)
  }

  /// Parses the name of a structure, union or enumeration.
  private mutating func parseTag() throws(Abandoned) -> String {
    lexer.string(try expect(.identifier, "the name of the type").text)
  }

  /// Parses the expression whose type is meant, in parentheses.
  private mutating func parseTypeofOperand() throws(Abandoned) -> Expression {
    take()
    let operand = try parseExpression()
    try expect(.rightParenthesis, "")
    return operand
  }

  /// Returns the name of the type that begins with `first`, with the other words of C's names of several words.
  private mutating func takeTypeWords(behind first: Token) -> String {
    var words = lexer.string(first.text)
    guard Parser.wordsOfC.contains(words) else { return words }
    while peek().kind == .identifier {
      let next = lexer.string(peek().text)
      if next == "const" || next == "volatile" {
        take()
        continue
      }
      guard Parser.wordsOfC.contains(next) else { break }
      take()
      words += " " + next
    }
    return words
  }

  /// Parses the elements of a tuple type or the fields of a record type.
  ///
  ///     type-element ::= (identifier '=')? type
  private mutating func parseTypeElements() throws(Abandoned) -> TypeName.Kind {
    var names: [Name] = []
    var types: [TypeName] = []
    while peek().kind != .rightParenthesis {
      let first = peek()
      var ahead = lexer
      ahead.isSilent = true
      if first.kind == .identifier && ahead.take().kind == .assign {
        take()
        take()
        names.append(name(first))
      }
      types.append(try nested { (parser) throws(Abandoned) in try parser.parseType() })
      if take(.comma) == nil { break }
    }
    if names.isEmpty { return .tuple(types) }
    guard names.count == types.count else {
      lexer.error("either all fields of a record have names or none", at: names[0].site.start..<previousEnd)
      throw Abandoned()
    }
    return .record(zip(names, types).map { (name: $0, type: $1) })
  }

  /// Moves behind the next token and returns `true` iff it is a word of C that does not matter here.
  private mutating func takeQualifier() -> Bool {
    take(word: "const") != nil || take(word: "volatile") != nil
  }

  /// The words that make up C's names of types.
  static let wordsOfC: Set<String> = [
    "void", "char", "short", "int", "long", "signed", "unsigned", "float", "double", "_Bool",
  ]

}
