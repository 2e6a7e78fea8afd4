import Types

// What tables of maps and lines of rows have in common.

extension Value {

  /// The text in a column: on one line, the elements of a tuple with colons between them.
  var cellText: [UInt8] {
    var text: [UInt8] = []
    if case .tuple(let parts) = self {
      text.append(textOf: parts, separator: ":", indentation: 0)
    } else {
      text.append(textOf: self)
    }
    // The names of processes may be anything.
    return text.map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: "?") : $0 }
  }

  /// `true` iff the value is an IPv6 address or a tuple that starts with one.
  var startsWithLongAddress: Bool {
    switch self {
    case .text(let bytes): bytes.contains(UInt8(ascii: ":"))
    case .tuple(let parts): parts.first?.startsWithLongAddress ?? false
    default: false
    }
  }

}

extension Type {

  /// The width of numbers.
  static let usualNumberWidth = 6

  /// The number of characters that values of the type usually take; the longer addresses iff `isLongAddress`.
  func usualWidth(isLongAddress: Bool) -> Int {
    switch self {
    case .integer: Self.usualNumberWidth
    // The name of a process takes up to 15, most of them less.
    case .string(let capacity): min(capacity - 1, 12)
    case .enumeration, .username: 12
    // 255.255.255.255, and what most IPv6 addresses take.
    case .inet: isLongAddress ? 26 : 15
    // A colon and a port.
    case .tuple(let parts) where parts.first == .inet: isLongAddress ? 32 : 21
    default: 0
    }
  }

}

/// Where the cells of a column stand.
struct CellPlace {

  /// The number of characters.
  var width: Int

  /// `true` iff spaces are in front of the cells.
  let isRightAligned: Bool

}

extension [UInt8] {

  /// Appends a line with `cells`, each in one of `places`; what is behind the first `lineWidth` characters is left out.
  mutating func append(cells: [[UInt8]], in places: [CellPlace], upTo lineWidth: Int? = nil) {
    var line: [UInt8] = []
    for (index, (cell, place)) in zip(cells, places).enumerated() {
      if index > 0 { line.append(UInt8(ascii: " ")) }
      let space = [UInt8](
        repeating: UInt8(ascii: " "), count: Swift.max(0, place.width - cell.characterCount))
      if place.isRightAligned {
        line += space + cell
      } else {
        line += index == cells.count - 1 ? cell : cell + space
      }
    }
    if let lineWidth { line.cut(toCharacters: lineWidth) }
    self += line
    append(UInt8(ascii: "\n"))
  }

  /// Appends an object with the `values` under their headings; tuples are text as in a column.
  mutating func append(jsonCells values: [Value], under headings: [String]) {
    for (index, (heading, value)) in zip(headings, values).enumerated() {
      append(text: index > 0 ? ", " : "{")
      append(jsonString: Array(heading.utf8))
      append(text: ": ")
      if case .tuple = value { append(jsonString: value.cellText) } else { append(jsonOf: value) }
    }
    append(text: "}")
  }

  /// Removes what is behind the first `count` characters of the text that the bytes are, taken for UTF-8.
  private mutating func cut(toCharacters count: Int) {
    var rest = count
    for (index, byte) in enumerated() where byte & 0xc0 != 0x80 {
      if rest == 0 { return removeSubrange(index...) }
      rest -= 1
    }
  }

}

extension Sequence<UInt8> {

  /// The number of characters of the text that the bytes are, taken for UTF-8.
  var characterCount: Int { reduce(0) { $1 & 0xc0 == 0x80 ? $0 : $0 + 1 } }

}
