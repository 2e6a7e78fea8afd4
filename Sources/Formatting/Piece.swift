import Diagnostics
import Syntax

/// A piece of the text of a script, with what matters for how it is laid out.
struct Piece {

  /// What the piece is.
  let kind: TextPiece.Kind

  /// The place.
  let site: SourceSpan

  /// The text of punctuation and words, empty for others.
  let text: String

  /// The ends of lines in front of it, behind the piece before; at most 2.
  let lineEnds: Int

  /// `true` iff it is neither a comment nor a line for the C preprocessor.
  var isPartOfProgram: Bool {
    switch kind {
    case .word, .punctuation, .probe, .definition: true
    case .directive, .interpreter, .lineComment, .blockComment: false
    }
  }

  /// Returns `true` iff the piece is the punctuation or word `text`.
  func isText(_ text: String) -> Bool { self.text == text && (kind == .punctuation || kind == .word) }

  /// Returns the pieces of `script`.
  static func all(of script: Script) -> [Piece] {
    var end = 0
    return script.pieces().map { piece in
      let gap = script.source.text[end..<piece.site.start]
      end = piece.site.end
      let isToken = piece.kind == .word || piece.kind == .punctuation
      return Piece(
        kind: piece.kind, site: piece.site,
        text: isToken ? String(decoding: piece.site.text, as: UTF8.self) : "",
        lineEnds: min(2, gap.count { $0 == UInt8(ascii: "\n") }))
    }
  }

}
