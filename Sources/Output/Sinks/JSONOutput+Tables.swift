/// Tables.
extension JSONOutput {

  /// Prints the rows, each an object with a member for each column; nothing if there are none.
  public func table(_ table: Table, to buffer: inout OutputBuffer) {
    if table.rows.isEmpty { return }
    object("table", to: &buffer.output) { output in
      output.append(text: "[")
      for (index, row) in table.rows.enumerated() {
        if index > 0 { output.append(text: ", ") }
        output.append(jsonCells: row, under: table.headings)
      }
      output.append(text: "]")
    }
  }

  /// Nothing: programs have no screen.
  public func clearScreen(to buffer: inout OutputBuffer) {}

}
