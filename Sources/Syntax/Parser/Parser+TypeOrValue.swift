/// Telling names of types from values, where both can stand.
extension Parser {

  /// The names of types that no value has.
  private static let namesOfTypes: Set<String> = wordsOfC.union([
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "string", "buffer",
    "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64",
    "__u8", "__u16", "__u32", "__u64", "__s8", "__s16", "__s32", "__s64",
    "__be16", "__be32", "__be64", "__le16", "__le32", "__le64",
  ])

  /// How sure it is that a name is that of a type.
  private enum Likelihood: Comparable {

    /// Nothing tells.
    case possible

    /// It ends in `_t`.
    case probable

    /// It is a keyword or the name of a builtin type.
    case certain

  }

  /// Returns how likely it is that `token` begins the name of a type, nil iff it cannot.
  private func likelihoodOfType(_ token: Token) -> Likelihood? {
    guard token.kind == .identifier else { return nil }
    let word = lexer.string(token.text)
    switch word {
    case "struct", "union", "enum", "const", "volatile", "typeof": return .certain
    default:
      if Parser.namesOfTypes.contains(word) || typeNames.contains(word) { return .certain }
      return word.utf8.count > 2 && word.utf8.suffix(2).elementsEqual("_t".utf8) ? .probable : .possible
    }
  }

  /// Returns `true` iff the next token, a parenthesis, begins a cast.
  mutating func isCastAhead() -> Bool {
    var ahead = lexer
    ahead.isSilent = true
    let first = ahead.take()
    guard let likelihood = likelihoodOfType(first) else { return false }
    if likelihood == .certain {
      return lexer.string(first.text) != "typeof" || ahead.take().kind == .leftParenthesis
    }
    var stars = 0
    var next = ahead.take()
    while next.kind == .star {
      stars += 1
      next = ahead.take()
    }
    // `(name[4])` could be an element as well, so that brackets do not make a type of a name that nothing tells about.
    if likelihood == .probable && next.kind == .leftBracket {
      next = ahead.take()
      if next.kind == .integer { next = ahead.take() }
      guard next.kind == .rightBracket else { return false }
      next = ahead.take()
    }
    guard next.kind == .rightParenthesis, likelihood == .probable || stars > 0 else { return false }
    return ahead.take().kind.beginsOperand
  }

  /// Returns `true` iff the name of a type follows where a value could stand too.
  private mutating func isTypeAheadAfterName(_ likelihood: Likelihood) -> Bool {
    if likelihood == .certain { return true }
    var ahead = lexer
    ahead.isSilent = true
    var next = ahead.take()
    var stars = 0
    while next.kind == .star {
      stars += 1
      next = ahead.take()
    }
    guard likelihood == .probable || stars > 0 else { return false }
    return next.kind == .rightParenthesis || next.kind == .comma
  }

  /// Returns `true` iff the name of a type follows.
  mutating func isTypeAhead() -> Bool {
    guard let likelihood = likelihoodOfType(peek()) else { return false }
    return isTypeAheadAfterName(likelihood)
  }

}
