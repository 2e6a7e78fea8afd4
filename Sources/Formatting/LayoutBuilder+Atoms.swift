import Diagnostics
import Syntax

/// Lines, made of parts between which they can be broken.
extension LayoutBuilder {

  /// A part of a line.
  struct Atom {

    /// The layout.
    let layout: Layout

    /// `true` iff a blank is in front of it if the line is not broken there.
    var hasBlank = false

    /// How late the line is broken in front of it, nil iff it is never.
    var reluctance: Int?

    /// Creates an atom without a blank in front of it.
    init(_ layout: Layout) { self.layout = layout }

  }

  /// Returns the next piece, with all that it opens, and the comments in front of it, and moves behind it.
  mutating func takeAtom() -> [Atom] {
    var result: [Atom] = []
    while let piece = peek(), !piece.isPartOfProgram { result.append(Atom(takeTrivia(isInLine: true))) }
    guard let piece = peek() else { return result }
    var atom: Atom
    let hasBlank = previous.map { self.hasBlank(between: $0, and: piece) } ?? false
    let reluctance = self.reluctance(toBreakBefore: piece)
    take()
    switch piece.kind == .punctuation ? piece.text : "" {
    case "(", "[": atom = Atom(layOutBracketed(by: piece))
    case "{": atom = Atom(layOutBraces(openedBy: piece))
    default:
      atom = Atom(piece.kind == .definition ? .verbatim(piece.site, endsLine: false) : .text(piece.site))
    }
    atom.hasBlank = hasBlank || !result.isEmpty && !piece.isClosing
    // A comment in the middle of a line is about what is behind it.
    if case .comment(let comment)? = result.first?.layout, !comment.endsLine {
      result[0].hasBlank = true
      result[0].reluctance = reluctance
    } else {
      atom.reluctance = reluctance
    }
    return result + [atom]
  }

  /// Lays out what stands between parentheses or brackets, the first of which, `open`, was taken.
  private mutating func layOutBracketed(by open: Piece) -> Layout {
    var atoms: [Atom] = []
    while let piece = peekProgram(), !piece.endsBracketed { atoms += takeAtom() }
    var result: [Layout] = [.text(open.site), .hanging(arrange(atoms[...]))]
    if let close = peekProgram(), close.isText(open.text == "(" ? ")" : "]") {
      while peek()?.isPartOfProgram == false { result.append(takeTrivia()) }
      take()
      result.append(.text(close.site))
    }
    return .group(result)
  }

  /// Lays out what stands between braces, the first of which, `open`, was taken.
  mutating func layOutBraces(openedBy open: Piece) -> Layout {
    depth += 1
    let lines = layOutBody()
    depth -= 1
    guard let close = peek() else { return .braces(open.site, lines, nil) }
    take()
    // A remark that there is nothing to be done fits into the line.
    if case .comment(let comment)? = lines.first, lines.count == 1, !comment.endsLine {
      return .group([.text(open.site), lines[0], .blank, .text(close.site)])
    }
    return .braces(open.site, lines, close.site)
  }

  /// Returns the layout of `atoms`, which is broken at the places of the least reluctance, in all parts that do not fit
  /// then at those of the next, and so on.
  func arrange(_ atoms: ArraySlice<Atom>) -> [Layout] {
    guard let least = atoms.dropFirst().compactMap(\.reluctance).min() else {
      return atoms.enumerated().flatMap { i, atom in
        i > 0 && atom.hasBlank ? [.blank, atom.layout] : [atom.layout]
      }
    }
    var result: [Layout] = []
    var rest = atoms
    while let first = rest.first {
      let end = rest.dropFirst().firstIndex { $0.reluctance == least } ?? rest.endIndex
      let part = arrange(rest[..<end])
      if first.reluctance == least && rest.startIndex > atoms.startIndex {
        result.append(.group((first.hasBlank ? [.line] : []) + part))
      } else {
        result += part
      }
      rest = rest[end...]
    }
    return result
  }

}

extension Piece {

  /// `true` iff no blank is in front of the piece whatever it follows.
  var isClosing: Bool {
    guard kind == .punctuation else { return false }
    return [",", ";", ")", "]"].contains(text)
  }

  /// `true` iff what stands between parentheses or brackets ends in front of the piece.
  fileprivate var endsBracketed: Bool {
    guard kind == .punctuation else { return false }
    return [";", ")", "]", "}"].contains(text)
  }

}
