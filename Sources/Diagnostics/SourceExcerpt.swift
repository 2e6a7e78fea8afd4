/// The line of a script that a message is about, as it is shown, and the marker below it.
struct SourceExcerpt {

  /// The line: tabs expanded, what a terminal would not show replaced, cut around the marker if it is long.
  private(set) var text = ""

  /// The blanks and tildes below the line.
  private(set) var marker = ""

  /// `true` iff there is nothing to be seen in the line.
  var isBlank: Bool { text.allSatisfy { $0 == " " } }

  /// The distance between tab stops.
  private static let tabWidth = 8

  /// What stands for parts that are left out.
  private static let ellipsis = "..."

  /// A character of the line.
  private struct Cell {

    /// What is shown, blanks for a tab.
    let text: String

    /// The columns that it takes.
    let width: Int

    /// `true` iff it is marked.
    let isMarked: Bool

  }

  /// Creates the excerpt for `site`, at most `width` columns wide.
  init(of site: SourceSpan, width: Int) {
    let line = site.file.line(site.file.position(of: site.start).line)
    // What is further away than the width cannot be shown; characters have at most four bytes.
    let reach = 4 * width
    let start = max(line.startIndex, site.start - reach)
    let end = min(line.endIndex, site.start + 2 * reach)
    let (cells, firstMarked) = SourceExcerpt.cells(of: line[start..<max(start, end)], markedIn: site)

    var columns = cells.reduce(0) { $0 + $1.width }
    var first = 0
    if start > line.startIndex || columns > width {
      // A quarter of the width is left for what is in front of the marker.
      var before = cells[..<firstMarked].reduce(0) { $0 + $1.width }
      while first < firstMarked && before > width / 4 && columns > width - 2 * SourceExcerpt.ellipsis.count {
        before -= cells[first].width
        columns -= cells[first].width
        first += 1
      }
      if first > 0 || start > line.startIndex { append(SourceExcerpt.ellipsis, width: 3, isMarked: false) }
    }
    var used = marker.utf8.count
    for (i, cell) in cells[first...].enumerated() {
      let isLast = first + i == cells.count - 1 && end == line.endIndex
      if used + cell.width > width - (isLast ? 0 : SourceExcerpt.ellipsis.count) {
        append(SourceExcerpt.ellipsis, width: 3, isMarked: false)
        break
      }
      append(cell.text, width: cell.width, isMarked: cell.isMarked)
      used += cell.width
    }
    while marker.hasSuffix(" ") { marker.removeLast() }
    // An empty range, or one that is behind the end of the line.
    if marker.isEmpty { marker = String(repeating: " ", count: used) + "~" }
  }

  /// Adds what is shown in a number of columns.
  private mutating func append(_ shown: String, width: Int, isMarked: Bool) {
    text += shown
    marker += String(repeating: isMarked ? "~" : " ", count: width)
  }

  /// Returns the characters of `line`, marked iff they are in `site`, and the index of the first that is marked.
  private static func cells(of line: ArraySlice<UInt8>, markedIn site: SourceSpan) -> ([Cell], Int) {
    var cells: [Cell] = []
    var firstMarked: Int?
    var column = 0
    var offset = line.startIndex
    // The line may have been cut inside of a character.
    while offset < line.endIndex && offset < site.start && line[offset] & 0xC0 == 0x80 { offset += 1 }
    while offset < line.endIndex {
      let (scalar, length) = decode(line[offset...])
      let isMarked = offset < max(site.end, site.start + 1) && offset + length > site.start
      let text: String
      let width: Int
      if scalar == "\t" {
        width = tabWidth - column % tabWidth
        text = String(repeating: " ", count: width)
      } else {
        text = printable(String(scalar))
        width = columns(of: scalar)
      }
      if isMarked && firstMarked == nil { firstMarked = cells.count }
      cells.append(Cell(text: text, width: width, isMarked: isMarked))
      column += width
      offset += length
    }
    return (cells, firstMarked ?? cells.count)
  }

  /// Returns the character at the beginning of `bytes` and the number of its bytes; a replacement character if they
  /// are not UTF-8.
  private static func decode(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int) {
    let first = bytes[bytes.startIndex]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    if let text = String(validating: bytes.prefix(length), as: UTF8.self),
      let scalar = text.unicodeScalars.first
    {
      return (scalar, length)
    }
    return ("\u{FFFD}", 1)
  }

  /// Returns `text` with control characters, which would upset the terminal, replaced; line feeds stay.
  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n", .format, .lineSeparator, .paragraphSeparator:
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Returns the number of columns that a terminal gives to `scalar`, by the East Asian Width property (UAX #11).
  private static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

}
