import Diagnostics

/// Text with the places where its lines may be broken.
indirect enum Layout {

  /// Text of the script without an end of line.
  case text(SourceSpan)

  /// Text that the script does not have.
  case added(StaticString)

  /// A blank that is never broken.
  case blank

  /// A blank, or the end of a line if what follows it up to the next such place does not fit into the line.
  case line

  /// The end of a line; if `isDouble` with an empty line behind it.
  case lineEnd(isDouble: Bool)

  /// A comment.
  case comment(Comment)

  /// Lines for the C preprocessor or in C, which stay as they are; nothing may follow in the last one iff `endsLine`.
  case verbatim(SourceSpan, endsLine: Bool)

  /// Parts that are in one line if they fit.
  case group([Layout])

  /// Parts whose further lines are indented more than the line they begin in.
  case hanging([Layout])

  /// Lines between braces, each of which begins with a line end; the closing brace is nil if a definition has it.
  case braces(SourceSpan, [Layout], SourceSpan?)

}

/// A comment and how it stands.
struct Comment {

  /// The place.
  let site: SourceSpan

  /// `true` iff nothing but blanks is in front of it in its line.
  let beginsLine: Bool

  /// `true` iff nothing but blanks is behind it in its line.
  let endsLine: Bool

}
