import Output
import Types

/// What those outside of the process are told.
extension EventInterpreter {

  /// Tells the receivers what was printed of the map with the given index.
  ///
  /// - Parameters:
  ///   - isWhole: `true` iff the map had no other elements.
  ///   - isReset: `true` iff they were removed, or set to zero, when they were read.
  func tell(
    _ index: Int, _ contents: MapContents, dividedBy divisor: Int?, isWhole: Bool, isReset: Bool
  ) {
    if receivers.isEmpty { return }
    let printed = PrintedMap(
      maps.manifest.maps[index], contents, divisor: divisor ?? 1, isWhole: isWhole, isReset: isReset)
    for receiver in receivers { receiver.receive(printed) }
  }

  /// Tells the receivers that `value` was printed, the element of `map` whose key is in the record behind its first field.
  func tellElement(
    _ value: Value, of map: MapDescription, dividedBy divisor: Int?, _ event: EventDescription,
    _ bytes: RawBytes
  ) {
    if receivers.isEmpty { return }
    var key: [Value] = []
    for (type, field) in zip(map.key, event.fields.dropFirst()) {
      guard let part = maps.decoder.value(of: type, at: field.offset, in: bytes) else { return }
      key.append(part)
    }
    let contents = MapContents(
      name: map.name, kind: map.kind, isKeyed: !map.key.isEmpty, elements: [.init(key: key, value: value)])
    let printed = PrintedMap(map, contents, divisor: divisor ?? 1, isWhole: map.key.isEmpty)
    for receiver in receivers { receiver.receive(printed) }
  }

  /// Tells the receivers that the map with the given index was cleared, or set to zero.
  func noteReset(of index: Int) {
    for receiver in receivers { receiver.noteReset(of: maps.manifest.maps[index]) }
  }

  /// Tells the receivers what `table` shows of its maps, which held `contents`, by index.
  func tell(_ description: TableDescription, _ contents: [Int: MapContents], shownIn table: Table) {
    if receivers.isEmpty { return }
    let isWhole = (description.top ?? 0) == 0
    var seen: Set<Int> = []
    for column in description.columns where seen.insert(column.map).inserted {
      guard var shown = contents[column.map] else { continue }
      if !isWhole { shown.keepKeys(of: table) }
      shown.sort()
      tell(
        column.map, shown, dividedBy: column.divisor, isWhole: isWhole,
        isReset: description.resets[column.map] != nil)
    }
  }

}
