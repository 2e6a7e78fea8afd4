extension Lexer {

  /// Moves behind the white space, the comments and the lines for the C preprocessor at `position`.
  ///
  ///     trivia ::= (white-space | line-comment | block-comment | directive | define)*
  ///     white-space ::= ? blank, tab, line feed, carriage return, form feed ? | '\' end-of-line
  ///     line-comment ::= '//' character* end-of-line
  ///     block-comment ::= '/*' character* '*/'
  ///     character ::= ? any byte ?
  ///     end-of-line ::= ? line feed ? | ? end of the script ?
  mutating func discardTrivia() {
    var isLineBlank = position == 0 || text[position - 1] == UInt8(ascii: "\n")
    while position < limit {
      switch text[position] {
      case UInt8(ascii: "\n"):
        isLineBlank = true
        position += 1
      case let space where space.isSpace:
        position += 1
      case UInt8(ascii: "\\") where byte(at: position + 1) == UInt8(ascii: "\n"):
        position += 2
      case UInt8(ascii: "/") where byte(at: position + 1) == UInt8(ascii: "/"):
        note(.lineComment) { $0.discardLine() }
      case UInt8(ascii: "/") where byte(at: position + 1) == UInt8(ascii: "*"):
        note(.blockComment) { $0.discardBlockComment() }
      case UInt8(ascii: "#") where isLineBlank:
        note(.directive) { $0.parseDirective() }
      default:
        return
      }
    }
  }

  /// Lets `move` move behind something that is no token, and notes what it says about maps, and its place if somebody wants it.
  private mutating func note(_ kind: TextPiece.Kind, _ move: (inout Lexer) -> Void) {
    let start = position
    move(&self)
    if kind != .directive { noteMapHelp(in: start..<position) }
    if trivia == nil { return }
    let piece = TextPiece(kind, at: span(start..<position))
    trivia?.append(piece)
  }

  /// Moves behind the byte order mark with which some editors begin files, if there is one.
  mutating func discardByteOrderMark() {
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// `true` iff a line that names an interpreter begins at `position`.
  var isAtInterpreterLine: Bool { text[position...].starts(with: "#!".utf8) }

  /// Moves to the end of the line.
  mutating func discardLine() {
    while position < limit && text[position] != UInt8(ascii: "\n") { position += 1 }
  }

  /// Moves behind the comment that begins at `position`.
  mutating func discardBlockComment() {
    let start = position
    position += 2
    while position < limit {
      if text[position] == UInt8(ascii: "*") && byte(at: position + 1) == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
    isTerminationReported = isTerminationReported || !isSilent
    error("comment is not terminated", at: start..<start + 2, hint: "close it with '*/'")
  }

}
