/// Tables and the screen they are shown on.
extension TextOutput {

  /// Prints the headings, the rows, and an empty line; nothing if there are no rows.
  public func table(_ table: Table, to buffer: inout OutputBuffer) {
    if table.rows.isEmpty { return }
    // Those of the key stand at the left of their columns and all others at the right.
    let places = table.headings.indices.map { column in
      CellPlace(
        width: column < table.widths.count ? table.widths[column] : 0,
        isRightAligned: column >= table.keyCount)
    }
    let headings = table.headings.map { Array($0.utf8) }
    buffer.output.append(cells: headings, in: places, upTo: table.lineWidth)
    for row in table.rows {
      buffer.output.append(cells: row.map(\.cellText), in: places, upTo: table.lineWidth)
    }
    buffer.output.append(UInt8(ascii: "\n"))
  }

  /// Clears the terminal and puts the cursor into its first line.
  public func clearScreen(to buffer: inout OutputBuffer) { buffer.output.append(text: "\u{1b}[H\u{1b}[2J") }

}
