import BPF
import Output
import Types

/// Tables.
extension EventInterpreter {

  /// Prints the table that `description` asks for, of its maps as they are now, and resets those that are to be.
  mutating func printTable(_ description: TableDescription) {
    var contents: [Int: MapContents] = [:]
    for map in description.columns.map(\.map) where contents[map] == nil {
      let read = attempt("read", map) { store throws(SystemError) in
        switch description.resets[map] {
        case .clear: try store.takeContents(of: map, keepingKeys: false)
        case .zero: try store.takeContents(of: map, keepingKeys: true)
        case nil: try store.contents(of: map)
        }
      }
      guard let read else { return }
      contents[map] = read
    }
    guard let first = description.columns.first?.map else { return }
    let types = maps.manifest.maps[first].key
    let key = types.withoutRecords
    if key != types { for map in contents.keys { contents[map]?.spreadRecords(inKeysOf: types) } }
    var table = Table(
      description, of: description.columns.compactMap { contents[$0.map] }, keyCount: key.count)
    tell(description, contents, shownIn: table)
    if table.rows.isEmpty { return }
    table.widths = table.neededWidths(forKeysOf: key)
    if let before = tableWidths[description] {
      table.widths = zip(before, table.widths).map { max($0, $1) }
    }
    tableWidths[description] = table.widths
    table.lineWidth = terminal.width
    sink.table(table, to: &buffer)
  }

}
