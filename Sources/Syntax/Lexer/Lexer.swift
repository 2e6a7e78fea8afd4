import Diagnostics

/// Cuts a script into tokens, one at a time.
///
/// Probes are not made of tokens. While the parser reads one it moves `position` by itself.
struct Lexer {

  /// The script.
  let source: SourceFile

  /// The bytes of the script, and behind them those of tokens that the preprocessor made.
  var text: [UInt8]

  /// The offset of the next byte to be read.
  var position = 0

  /// The offset at which reading ends.
  var limit: Int

  /// What the preprocessor knows about the machine, nil if nobody is going to run what is read.
  let facts: (any PreprocessorFacts)?

  /// What is wrong with the script, as far as it was read.
  var diagnostics = DiagnosticSet()

  /// `true` iff nothing is reported, because what is read was given up.
  var isSilent = false

  /// The lines for the C preprocessor that were read.
  var preamble: [PreambleItem] = []

  /// The places of comments and lines for the C preprocessor that were passed, nil unless somebody wants them.
  var trivia: [TextPiece]?

  /// What the comments that were passed say that maps are for, by the maps' names.
  var mapHelp: [String: String] = [:]

  /// The conditions that hold here, the innermost last.
  var conditions: [Condition] = []

  /// What takes the place of names.
  var definitions: [String: Definition] = [:]

  /// The names that `#undef` removed.
  var removed: Set<String> = []

  /// The number of times that `__COUNTER__` was replaced.
  var counter = 0

  /// The definitions whose tokens are being taken, the innermost last.
  var expansions: [Expansion] = []

  /// The number of tokens that definitions have put into the script.
  var expandedCount = 0

  /// The place of the name that was replaced last, at which messages about tokens that the preprocessor made stand.
  var replacedPlace = 0..<0

  /// The place of the last bytes that no token begins with, which were reported.
  var unknownBytes = 0..<0

  /// `true` iff it was reported that a string or comment is not terminated, which explains what is missing behind it.
  var isTerminationReported = false

  /// Creates a lexer of the bytes of `source` in `range`.
  init(_ source: SourceFile, in range: Range<Int>, knowing facts: (any PreprocessorFacts)? = nil) {
    self.source = source
    self.facts = facts
    self.text = source.text
    self.position = range.lowerBound
    self.limit = range.upperBound
  }

  /// Returns the byte at `offset`, or zero behind the end.
  func byte(at offset: Int) -> UInt8 { offset < limit ? text[offset] : 0 }

  /// Returns the place of `range`, or of the name that was replaced by it.
  func span(_ range: Range<Int>) -> SourceSpan {
    let range = range.upperBound > source.text.count ? replacedPlace : range
    return SourceSpan(source, from: range.lowerBound, to: range.upperBound)
  }

  /// Returns the text of the script in `range`.
  func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

  /// Returns `true` iff the bytes in `range` are `word`.
  func isText(_ word: StaticString, in range: Range<Int>) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    for (i, offset) in range.enumerated() where text[offset] != word.utf8Start[i] { return false }
    return true
  }

  /// The number of errors after which a script is given up.
  static let errorLimit = 20

  /// `true` iff so much is wrong that the script is given up.
  var isGivenUp: Bool { diagnostics.elements.count >= Lexer.errorLimit }

  /// Reports an error at `range`.
  mutating func error(_ message: String, at range: Range<Int>, hint: String? = nil) {
    report(.error(message, at: span(range), hint: hint))
  }

  /// Reports `diagnostic`, unless what is read was given up.
  mutating func report(_ diagnostic: Diagnostic) {
    if !isSilent && !isGivenUp { diagnostics.insert(diagnostic) }
  }

  /// Returns the next token and moves behind it, definitions applied.
  mutating func take() -> Token {
    while true {
      var token = takeUnreplaced()
      if token.kind != .identifier || !beginExpansion(of: &token) { return token }
    }
  }

  /// Returns the next token of the text and moves behind it.
  mutating func scan() -> Token {
    while true {
      discardTrivia()
      let start = position
      guard start < limit else { return Token(.end, at: endOfContent..<endOfContent) }
      if let kind = scanToken(beginningWith: text[start]) { return Token(kind, at: start..<position) }
      discardUnknownCharacters()
    }
  }

  /// The offset behind the last byte that is not white space.
  var endOfContent: Int {
    var end = limit
    while end > 0 && text[end - 1].isSpace { end -= 1 }
    return end
  }

  /// Moves behind the token that begins at `position` with the byte `first` and returns its kind, nil iff none begins.
  ///
  ///     token ::=
  ///       identifier | variable | positional | '$#' | map | integer | string | punctuation
  ///     map ::= '@' identifier?
  private mutating func scanToken(beginningWith first: UInt8) -> Token.Kind? {
    switch first {
    case _ where first.beginsName:
      discardName()
      return .identifier
    case _ where first.isDigit:
      // What follows a number without a space belongs to it, so that `12ab` is one error.
      discardName()
      return .integer
    case UInt8(ascii: "@"):
      position += 1
      if byte(at: position).beginsName { discardName() }
      return .map
    case UInt8(ascii: "$"):
      return scanDollar()
    case UInt8(ascii: "\""):
      discardString()
      return .string
    default:
      return scanPunctuation(first)
    }
  }

  /// Moves behind the letters, digits and underscores at `position`.
  ///
  ///     identifier ::= (letter | '_') (letter | digit | '_')*
  ///     letter ::= ? a to z, A to Z ?
  ///     digit ::= ? 0 to 9 ?
  mutating func discardName() {
    while position < limit && text[position].continuesName { position += 1 }
  }

  /// Moves behind the variable or parameter at `position`, which has a dollar sign, and returns what it is.
  ///
  ///     variable ::= '$' identifier
  ///     positional ::= '$' digit+ | '${' digit+ (':-' default-character*)? '}'
  ///     default-character ::= ? any but white space, ';', '{' and '}' ?
  private mutating func scanDollar() -> Token.Kind {
    let start = position
    position += 1
    let next = byte(at: position)
    if next == UInt8(ascii: "{") && byte(at: position + 1).isDigit {
      discardBracedParameter()
      return .positional
    }
    if next == UInt8(ascii: "#") {
      position += 1
      return .positionalCount
    }
    discardName()
    if next.isDigit { return .positional }
    if position == start + 1 {
      error("expected a name after '$'", at: start..<position, hint: "call it, for instance, '$x'")
    }
    return .scratch
  }

  /// Moves behind the parameter in braces whose brace is at `position`, and reports what is wrong with it.
  private mutating func discardBracedParameter() {
    let start = position - 1
    position += 1
    while byte(at: position).isDigit { position += 1 }
    let end = position
    while position < limit, !text[position].isSpace, !";{}".utf8.contains(text[position]) { position += 1 }
    let isClosed = position < limit && text[position] == UInt8(ascii: "}")
    if end < position && !text[end..<position].starts(with: ":-".utf8) {
      error(
        "expected '}' or ':-' behind the number of the parameter", at: end..<position,
        hint: "write, for instance, '${1:-5}' for a parameter that is 5 if it is not given")
    } else if !isClosed {
      error("the parameter is not terminated", at: start..<position, hint: "close it with '}'")
    }
    if isClosed { position += 1 }
  }

  /// Moves behind the string at `position`.
  ///
  ///     string ::= '"' (escape | character)* '"'
  private mutating func discardString() {
    let start = position
    position += 1
    while position < limit && text[position] != UInt8(ascii: "\n") {
      let current = text[position]
      position += 1
      if current == UInt8(ascii: "\"") { return }
      if current == UInt8(ascii: "\\") && position < limit && text[position] != UInt8(ascii: "\n") {
        position += 1
      }
    }
    isTerminationReported = isTerminationReported || !isSilent
    error("string is not terminated", at: start..<position, hint: "close it with '\"' on the same line")
  }

  /// Moves behind the quote that closes what `quote` opens, if there is one in the line, so that both are one error.
  private mutating func discardForeignString(openedBy quote: Range<Int>) {
    let closing: [UInt8] =
      switch string(quote) {
      case "'": [UInt8(ascii: "'")]
      case "\u{AB}": Array("\u{BB}".utf8)
      case "\u{BB}": Array("\u{AB}".utf8)
      default: Array("\u{201D}".utf8)
      }
    var end = position
    while end < limit && text[end] != UInt8(ascii: "\n") {
      if text[end...].starts(with: closing) {
        position = min(limit, end + closing.count)
        return
      }
      end += 1
    }
  }

  /// Moves behind bytes that no token begins with and reports them.
  private mutating func discardUnknownCharacters() {
    let start = position
    position += 1
    if text[start] >= 0x80 { while byte(at: position) >= 0x80 { position += 1 } }
    unknownBytes = start..<position
    let characters = text[start..<position]
    if String(validating: characters, as: UTF8.self) == nil {
      error("unexpected bytes that are not UTF-8", at: start..<position)
      return
    }
    let shown = String(decoding: characters, as: UTF8.self)
    switch shown {
    case "'", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}":
      let quote = start..<position
      discardForeignString(openedBy: quote)
      unknownBytes = start..<position
      error("unexpected character '\(shown)'", at: quote, hint: "quote strings with '\"'")
    case _ where text[start] < 32 || text[start] == 127:
      error("unexpected control character \(Int(text[start]))", at: start..<position)
    default:
      error("unexpected character '\(shown)'", at: start..<position)
    }
  }

}
