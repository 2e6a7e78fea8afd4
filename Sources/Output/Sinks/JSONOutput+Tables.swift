/// Tables.
extension JSONOutput {

  /// Prints the rows, each an object with a member for each column; nothing if there are none.
  public func table(_ table: Table, to buffer: inout OutputBuffer) {
    if table.rows.isEmpty { return }
    object("table", to: &buffer.output) { output in
      output.append(text: "[")
      for (index, row) in table.rows.enumerated() {
        output.append(text: index > 0 ? ", {" : "{")
        for (column, value) in row.enumerated() {
          if column > 0 { output.append(text: ", ") }
          output.append(jsonString: Array(table.headings[column].utf8))
          output.append(text: ": ")
          if case .tuple = value {
            output.append(jsonString: table.cellText(of: value))
          } else {
            output.append(jsonOf: value)
          }
        }
        output.append(text: "}")
      }
      output.append(text: "]")
    }
  }

  /// Nothing: programs have no screen.
  public func clearScreen(to buffer: inout OutputBuffer) {}

}
