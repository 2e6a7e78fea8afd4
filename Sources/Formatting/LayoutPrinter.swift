import Diagnostics

/// Writes a layout in lines that are no longer than they need to be.
///
/// What is to be written is kept on a stack, so that a group can look at what follows it: it is broken iff the text up to the
/// next place where a line may be broken anyway does not fit (Wadler, "A prettier printer"; Oppen, "Prettyprinting").
struct LayoutPrinter {

  /// The text.
  private(set) var output: [UInt8] = []

  /// What is to be written, the next part last.
  private var stack: [Part] = []

  /// The columns of the line so far.
  private var column = 0

  /// The blanks at the beginning of the line.
  private var lineIndentation = 0

  /// `true` iff nothing was written in the line.
  private var isLineEmpty = true

  /// `true` iff a blank belongs in front of what is written next in the line.
  private var needsBlank = false

  /// `true` iff nothing may follow in the line, because it ends with a comment.
  private var isLineDone = false

  /// The number of columns of a line.
  static let width = 100

  /// The blanks in front of a statement for each block around it.
  private static let blockIndentation = 2

  /// The blanks by which a line that continues another one is indented more.
  private static let continuationIndentation = 4

  /// A part of a layout that is to be written.
  private struct Part {

    /// The part.
    let layout: Layout

    /// The indentation of the lines that begin in it.
    let indentation: Int

    /// `true` iff it is in one line.
    let isFlat: Bool

  }

  /// Writes `parts`, and the end of the last line.
  mutating func print(_ parts: [Layout]) {
    push(parts, indentation: 0, isFlat: false)
    while let part = stack.popLast() { print(part) }
    if !isLineEmpty { endLine() }
  }

  /// Puts `parts` onto the stack.
  private mutating func push(_ parts: [Layout], indentation: Int, isFlat: Bool) {
    for part in parts.reversed() {
      stack.append(Part(layout: part, indentation: indentation, isFlat: isFlat))
    }
  }

  /// Writes `part`.
  private mutating func print(_ part: Part) {
    let indentation = part.indentation
    switch part.layout {
    case .text(let site): write(site.text, indentation)
    case .added(let text): write(Array(text.description.utf8)[...], indentation)
    case .blank: needsBlank = true
    case .line: if part.isFlat && !isLineDone { needsBlank = true } else { beginLine(indentation) }
    case .lineEnd(let isDouble):
      beginLine(indentation)
      if isDouble && !output.isEmpty { output.append(UInt8(ascii: "\n")) }
    case .comment(let comment): print(comment, indentation)
    case .verbatim(let site, let endsLine):
      beginLine(0)
      write(trimmed(site.text), 0)
      isLineDone = endsLine
    case .group(let parts):
      let isFlat = part.isFlat || fits(parts, indentation: indentation)
      push(parts, indentation: indentation, isFlat: isFlat)
    case .hanging(let parts):
      let base = isLineDone ? indentation : lineIndentation
      push(parts, indentation: base + Self.continuationIndentation, isFlat: part.isFlat)
    case .braces(let open, let lines, let close):
      write(open.text, indentation)
      // A wrapped predicate or condition in front of the brace does not move what stands in it.
      let outer = min(indentation, lineIndentation)
      if let close { push([.text(close)], indentation: outer, isFlat: false) }
      if lines.isEmpty { return }
      if close != nil { push([.lineEnd(isDouble: false)], indentation: outer, isFlat: false) }
      push(lines, indentation: outer + Self.blockIndentation, isFlat: false)
    }
  }

  /// Writes `comment`.
  private mutating func print(_ comment: Comment, _ indentation: Int) {
    if comment.beginsLine {
      beginLine(indentation)
    } else {
      needsBlank = true
    }
    write([], indentation)
    let text = comment.site.text
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let shift = column - self.column(of: comment.site)
    for (i, line) in lines.enumerated() {
      let trimmedLine = trimmed(line)
      if i == 0 {
        write(trimmedLine, indentation)
        continue
      }
      endLine()
      // The lines stay below one another as they were.
      let blanks = trimmedLine.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      let rest = trimmedLine[blanks.endIndex...]
      lineIndentation = max(0, columns(of: blanks) + shift)
      if !rest.isEmpty { write(rest, indentation) }
      isLineEmpty = false
    }
    lineIndentation = indentation
    if comment.endsLine { isLineDone = true }
  }

  /// Returns the column in the script in which `site` begins, counted from 0.
  private func column(of site: SourceSpan) -> Int {
    let position = site.file.position(of: site.start)
    return columns(of: site.file.text[(site.start - position.column + 1)..<site.start])
  }

  /// Returns the columns that `text` takes at the beginning of a line.
  private func columns(of text: ArraySlice<UInt8>) -> Int {
    text.reduce(0) { count, byte in
      byte == UInt8(ascii: "\t") ? count / 8 * 8 + 8 : byte & 0xc0 == 0x80 ? count : count + 1
    }
  }

  /// Returns `text` without the white space at its end.
  private func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = text.endIndex
    while end > text.startIndex, text[end - 1] == UInt8(ascii: " ") || (9...13).contains(text[end - 1]) {
      end -= 1
    }
    return text[..<end]
  }

  /// Makes sure that what is written next begins a line, which is indented by `indentation`.
  private mutating func beginLine(_ indentation: Int) {
    if !isLineEmpty { endLine() }
    lineIndentation = indentation
  }

  /// Ends the line.
  private mutating func endLine() {
    output.append(UInt8(ascii: "\n"))
    column = 0
    isLineEmpty = true
    isLineDone = false
    needsBlank = false
  }

  /// Writes `text` into the line, or into the next one, which is indented by `indentation`, if the line is done.
  private mutating func write(_ text: ArraySlice<UInt8>, _ indentation: Int) {
    if isLineDone { beginLine(indentation) }
    if isLineEmpty {
      output += [UInt8](repeating: UInt8(ascii: " "), count: lineIndentation)
      column = lineIndentation
      isLineEmpty = false
    } else if needsBlank {
      output.append(UInt8(ascii: " "))
      column += 1
    }
    needsBlank = false
    output += text
    column += columns(of: text)
  }

  /// Returns `true` iff `parts` and what follows them in the line fit into it.
  private func fits(_ parts: [Layout], indentation: Int) -> Bool {
    var left = Self.width - (isLineDone ? indentation : isLineEmpty ? lineIndentation : column)
    var next = stack.count
    var ahead = parts.reversed().map { Part(layout: $0, indentation: indentation, isFlat: true) }
    while left >= 0 {
      if ahead.isEmpty {
        if next == 0 { return true }
        next -= 1
        ahead.append(stack[next])
      }
      let part = ahead.removeLast()
      switch part.layout {
      case .text(let site): left -= columns(of: site.text)
      case .added(let text): left -= text.utf8CodeUnitCount
      case .blank: left -= 1
      case .line:
        if !part.isFlat { return true }
        left -= 1
      case .lineEnd, .verbatim: return true
      case .comment(let comment):
        // A comment behind a line does not make its text longer.
        if comment.beginsLine || comment.endsLine { return true }
        let first = comment.site.text.prefix { $0 != UInt8(ascii: "\n") }
        left -= columns(of: first) + 1
        if first.count < comment.site.text.count { return left >= 0 }
      case .group(let inner), .hanging(let inner):
        for layout in inner.reversed() {
          ahead.append(Part(layout: layout, indentation: part.indentation, isFlat: part.isFlat))
        }
      case .braces(_, let lines, let close):
        left -= 1
        if !lines.isEmpty { return left >= 0 }
        left -= close == nil ? 0 : 1
      }
    }
    return false
  }

}
