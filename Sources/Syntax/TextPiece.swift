public import Diagnostics

/// A piece of the text of a script. All bytes but white space are in one.
public struct TextPiece: Hashable, Sendable {

  /// What a piece is.
  public enum Kind: Hashable, Sendable {

    /// A name, number, string, variable, parameter or map.
    case word

    /// Any other token.
    case punctuation

    /// A probe, which is not made of tokens, with the name that it is given.
    case probe

    /// A definition in C.
    case definition

    /// A line for the C preprocessor, and the lines behind it that it leaves out.
    case directive

    /// The first line, if it names an interpreter.
    case interpreter

    /// A comment up to the end of the line.
    case lineComment

    /// A comment that has an end of its own.
    case blockComment

  }

  /// What the piece is.
  public let kind: Kind

  /// The place.
  public let site: SourceSpan

  /// Creates an instance with the given properties.
  init(_ kind: Kind, at site: SourceSpan) {
    self.kind = kind
    self.site = site
  }

}

extension Script {

  /// Returns the pieces of the text of which `self` is the tree, in order, names that are defined as they are written.
  ///
  /// - Requires: there was no error in the text.
  public func pieces() -> [TextPiece] {
    var lexer = Lexer(source, in: 0..<source.text.count)
    lexer.isSilent = true
    lexer.trivia = []
    var result: [TextPiece] = []
    lexer.discardByteOrderMark()
    if lexer.isAtInterpreterLine {
      let start = lexer.position
      lexer.discardLine()
      result.append(TextPiece(.interpreter, at: lexer.span(start..<lexer.position)))
    }
    var others = piecesWithoutTokens()[...]
    while true {
      lexer.discardTrivia()
      if let next = others.first, next.site.start <= lexer.position {
        others.removeFirst()
        result.append(next)
        lexer.position = next.site.end
        continue
      }
      let token = lexer.scan()
      if token.kind == .end { break }
      result.append(TextPiece(token.kind.isWord ? .word : .punctuation, at: lexer.span(token.place)))
    }
    result += lexer.trivia ?? []
    return result.sorted { $0.site.start < $1.site.start }
  }

  /// The probes and the definitions, in the order of the text.
  private func piecesWithoutTokens() -> [TextPiece] {
    var result: [TextPiece] = []
    for probe in actions.flatMap(\.probes) {
      result.append(TextPiece(.probe, at: probe.label?.site.extended(to: probe.site) ?? probe.site))
    }
    for case .definition(let site) in preamble { result.append(TextPiece(.definition, at: site)) }
    return result.sorted { $0.site.start < $1.site.start }
  }

}

extension Token.Kind {

  /// `true` iff tokens of the kind are written with letters, digits or quotes.
  fileprivate var isWord: Bool {
    switch self {
    case .identifier, .scratch, .map, .positional, .positionalCount, .integer, .string: true
    default: false
    }
  }

}
