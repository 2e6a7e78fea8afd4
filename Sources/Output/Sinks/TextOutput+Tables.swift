/// Tables and the screen they are shown on.
extension TextOutput {

  /// Prints the headings, the rows, and an empty line; nothing if there are no rows.
  public func table(_ table: Table, to buffer: inout OutputBuffer) {
    if table.rows.isEmpty { return }
    append(table.headings.map { Array($0.utf8) }, of: table, to: &buffer.output)
    for row in table.rows { append(row.map(table.cellText), of: table, to: &buffer.output) }
    buffer.output.append(UInt8(ascii: "\n"))
  }

  /// Clears the terminal and puts the cursor into its first line.
  public func clearScreen(to buffer: inout OutputBuffer) { buffer.output.append(text: "\u{1b}[H\u{1b}[2J") }

  /// Appends a line of `cells`, those of the key at the left of their columns and all others at the right.
  private func append(_ cells: [[UInt8]], of table: Table, to output: inout [UInt8]) {
    var line: [UInt8] = []
    for (column, cell) in cells.enumerated() {
      if column > 0 { line.append(UInt8(ascii: " ")) }
      let width = column < table.widths.count ? table.widths[column] : 0
      let padding = [UInt8](repeating: UInt8(ascii: " "), count: max(0, width - cell.characterCount))
      line += column < table.keyCount ? cell + padding : padding + cell
    }
    if let lineWidth = table.lineWidth { line.cut(toCharacters: lineWidth) }
    output += line
    output.append(UInt8(ascii: "\n"))
  }

}

extension [UInt8] {

  /// Removes what is behind the first `count` characters of the text that the bytes are, taken for UTF-8.
  fileprivate mutating func cut(toCharacters count: Int) {
    var rest = count
    for (index, byte) in enumerated() where byte & 0xc0 != 0x80 {
      if rest == 0 { return removeSubrange(index...) }
      rest -= 1
    }
  }

}
