import Diagnostics
import Syntax

/// Lays out the pieces of a script.
///
/// The pieces decide what is written, so that none gets lost whatever definitions hide in them. The tree only tells what
/// punctuation means.
struct LayoutBuilder {

  /// The pieces.
  private let pieces: [Piece]

  /// What the tree tells.
  let marks: TreeMarks

  /// The number of pieces that were taken.
  private var next = 0

  /// The piece of the program that was taken last.
  private(set) var previous: Piece?

  /// `true` iff the piece of the program in front of `previous` is the word `let`.
  private(set) var isBehindLet = false

  /// Prepares to lay out `script`.
  init(_ script: Script) {
    pieces = Piece.all(of: script)
    marks = TreeMarks(script)
  }

  /// `true` iff the statements of blocks that are in no other are settings.
  var isInConfiguration = false

  /// The number of blocks around the next piece.
  var depth = 0

  // MARK: Pieces

  /// Returns the next piece, nil at the end.
  func peek() -> Piece? { next < pieces.count ? pieces[next] : nil }

  /// Returns the next piece of the program, nil at the end.
  func peekProgram() -> Piece? { pieces[next...].first(where: \.isPartOfProgram) }

  /// Returns `true` iff `piece`, the next one of the program, is the slash at the end of a predicate.
  func isEndOfPredicate(_ piece: Piece) -> Bool {
    guard piece.isText("/") else { return false }
    let follower = pieces[next...].first { $0.isPartOfProgram && $0.site.start > piece.site.start }
    return follower.map { marks.blocksOfProbes.contains($0.site.start) } ?? true
  }

  /// Returns the next piece and moves behind it.
  ///
  /// - Requires: there is one.
  @discardableResult
  mutating func take() -> Piece {
    let piece = pieces[next]
    next += 1
    if piece.isPartOfProgram {
      isBehindLet = previous?.isText("let") ?? false
      previous = piece
    }
    return piece
  }

  /// Returns the layout of the next piece, a comment or a line for the C preprocessor, and moves behind it.
  ///
  /// If `isInLine` it stands between the pieces of a line; whether a comment that does not end its line begins it makes no
  /// difference then, because that depends on where the line is broken.
  mutating func takeTrivia(isInLine: Bool = false) -> Layout {
    let piece = take()
    guard piece.kind == .lineComment || piece.kind == .blockComment else {
      return .verbatim(piece.site, endsLine: true)
    }
    let beginsLine = piece.lineEnds > 0 || next == 1
    let endsLine = piece.kind == .lineComment || peek().map { $0.lineEnds > 0 } ?? true
    return .comment(
      Comment(site: piece.site, beginsLine: beginsLine && (endsLine || !isInLine), endsLine: endsLine))
  }

  /// Returns the layouts of the comments that stand behind what was taken last, in the same line, and moves behind them.
  ///
  /// The line ends behind the last of them iff `endsLine`, as it does behind statements.
  mutating func takeTrailingComments(endsLine: Bool = true) -> [Layout] {
    var result: [Layout] = []
    while let comment = peek(), isTrailing(comment) { result.append(takeTrivia()) }
    if endsLine, case .comment(let last)? = result.last {
      result[result.count - 1] = .comment(
        Comment(site: last.site, beginsLine: last.beginsLine, endsLine: true))
    }
    return result
  }

  /// Returns `true` iff `piece`, the next one, is a comment about what stands in front of it in its line.
  private func isTrailing(_ piece: Piece) -> Bool {
    guard piece.lineEnds == 0 else { return false }
    if piece.kind == .lineComment { return true }
    guard piece.kind == .blockComment else { return false }
    // Another one may follow in the line.
    let rest = pieces[(next + 1)...].drop { $0.kind == .blockComment && $0.lineEnds == 0 }
    guard let follower = rest.first else { return true }
    return follower.lineEnds > 0 || follower.kind == .lineComment || follower.isText("}")
  }

  // MARK: Statements

  /// Lays out the lines of a block up to its closing brace, which is left.
  mutating func layOutBody() -> [Layout] {
    var result = takeTrailingComments(endsLine: false)
    var isFirst = true
    var isInLine = false
    while let piece = peek(), !piece.isText("}") {
      if piece.isText(";") {
        take()
        let comments = takeTrailingComments()
        isInLine = isInLine && comments.isEmpty
        result += comments
        continue
      }
      result.append(isInLine ? .blank : .lineEnd(isDouble: piece.lineEnds > 1 && !isFirst))
      isFirst = false
      if piece.isPartOfProgram {
        result.append(layOutStatement())
        result += takeTrailingComments()
        isInLine = false
      } else {
        result.append(takeTrivia())
        isInLine = piece.kind == .blockComment && peek().map { $0.lineEnds == 0 } ?? false
      }
    }
    return result
  }

  /// Lays out a statement with its semicolon.
  private mutating func layOutStatement() -> Layout {
    // Only conditions of these are long, which stand in parentheses; `else` begins no line that is indented more.
    let isHanging = !["if", "while", "for", "unroll", "{"].contains(peek()?.text)
    var atoms: [Atom] = []
    while let piece = peekProgram() {
      if piece.isText("}") {
        if isInConfiguration && depth == 1 || marks.bracesBehindStatement.contains(piece.site.start) {
          atoms.append(Atom(.added(";")))
        }
        break
      }
      atoms += takeAtom()
      if piece.isText(";") || piece.isText("{") && isStatementEnded() { break }
    }
    let parts = arrange(atoms[...])
    return isHanging ? .hanging(parts) : .group(parts)
  }

  /// Returns `true` iff a statement ends with the brace that was taken last.
  func isStatementEnded() -> Bool {
    guard let previous, previous.isText("}") else { return false }
    guard let follower = peekProgram() else { return true }
    if follower.isText("else") { return false }
    if marks.bracesThatEnd.contains(previous.site.start) { return true }
    guard follower.kind == .punctuation else { return true }
    switch follower.text {
    case "(", "{", "!", "~", "++", "--": return true
    case "-", "+", "*", "&": return marks.binaryOperators[follower.site.start] == nil
    default: return false
    }
  }

}
