import Diagnostics
import Syntax

/// What stands outside of blocks.
extension LayoutBuilder {

  /// Lays out the whole script.
  mutating func layOutScript() -> [Layout] {
    var result: [Layout] = []
    var isBehindBlock = false
    var isBehindComment = false
    var isInLine = false
    while let piece = peek() {
      if piece.isText(";") {
        take()
        // A comment behind another one is one of its own.
        if case .comment? = result.last { continue }
        let comments = takeTrailingComments()
        isInLine = isInLine && comments.isEmpty
        result += comments
        continue
      }
      let item = piece.isPartOfProgram ? layOutItem() : [takeTrivia()]
      let hasBlock = piece.isPartOfProgram && previous?.isText("}") == true
      let isDouble = isBehindBlock || hasBlock && !isBehindComment || piece.lineEnds > 1
      if !result.isEmpty { result.append(isInLine ? .blank : .lineEnd(isDouble: isDouble)) }
      result += item
      if piece.isPartOfProgram { result += takeTrailingComments() }
      isBehindBlock = hasBlock
      isBehindComment = piece.kind == .lineComment || piece.kind == .blockComment
      isInLine = piece.kind == .blockComment && peek().map { $0.lineEnds == 0 } ?? false
    }
    return result
  }

  /// Lays out what begins with the next piece.
  private mutating func layOutItem() -> [Layout] {
    guard let first = peek() else { return [] }
    if first.kind == .probe { return layOutActionBlock() }
    isInConfiguration = first.isText("config")
    defer { isInConfiguration = false }
    var atoms: [Atom] = []
    while let piece = peekProgram(), piece.kind != .probe {
      atoms += takeAtom()
      if piece.kind == .definition || [";", "{", "}"].contains(where: piece.isText) { break }
      let end = first.isText("import") ? "\"" : first.isText("let") ? ")" : nil
      if let end, let previous, previous.text.hasSuffix(end) {
        if peekProgram()?.isText(";") == true { atoms += takeAtom() } else { atoms.append(Atom(.added(";"))) }
        break
      }
    }
    return [.hanging(arrange(atoms[...]))]
  }

  /// Lays out probes, their predicate and their block.
  private mutating func layOutActionBlock() -> [Layout] {
    var result: [Layout] = []
    var count = 0
    while let piece = peekProgram(), piece.kind == .probe || piece.isText(",") {
      while peek()?.isPartOfProgram == false { result.append(takeTrivia()) }
      if piece.kind == .probe {
        if count > 0 { result.append(.lineEnd(isDouble: false)) }
        count += 1
      }
      take()
      result.append(.text(piece.site))
      if piece.isText(",") { result += takeTrailingComments() }
    }
    var atoms: [Atom] = []
    if peekProgram()?.isText("/") == true {
      while peek()?.isPartOfProgram == false { result.append(takeTrivia()) }
      result.append(.group([count > 1 ? .lineEnd(isDouble: false) : .line] + layOutPredicate()))
    }
    while let piece = peekProgram(), piece.kind != .probe {
      atoms += takeAtom()
      if [";", "{", "}"].contains(where: piece.isText) { break }
    }
    return result + [.blank] + arrange(atoms[...])
  }

  /// Lays out a predicate with its slashes.
  private mutating func layOutPredicate() -> [Layout] {
    let open = take()
    var atoms: [Atom] = []
    while let piece = peekProgram(), !isEndOfPredicate(piece) { atoms += takeAtom() }
    var result: [Layout] = [.text(open.site)]
    // A star behind the slash would begin a comment.
    if case .text(let site)? = atoms.first?.layout, site.text.first == UInt8(ascii: "*") {
      result.append(.blank)
    }
    result.append(.hanging(arrange(atoms[...])))
    while peek()?.isPartOfProgram == false { result.append(takeTrivia()) }
    if peek() != nil { result.append(.text(take().site)) }
    return result
  }

}
