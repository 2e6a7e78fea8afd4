import IR

/// The place in the script of each instruction of an object file: its line information and its table of symbols.
struct ObjectLines {

  /// The object.
  private let object: BPFObject

  /// Its file.
  private let file: ObjectFile

  /// Creates an instance that reads `object`, nil if it cannot be read.
  init?(of object: BPFObject) {
    guard let file = ObjectFile(object.bytes) else { return nil }
    self.object = object
    self.file = file
  }

  /// Returns the place that an instruction of the program with the given name comes from, nil if there is none, or if it is one of
  /// the functions that libbpf puts behind the program.
  func position(ofInstruction index: Int, in program: String) -> IRPosition? {
    guard let (section, start, size) = place(of: program), 8 * index < size, let lines = LineRecords(of: file)
    else { return nil }
    var result: Int? = nil
    for (record, position) in zip(lines.records, object.recordPositions)
    where record.section == section && record.instruction >= start && record.instruction <= start + 8 * index
      && position > 0
    {
      result = position
    }
    guard let result, object.positions.indices.contains(result - 1) else { return nil }
    return object.positions[result - 1]
  }

  /// Returns the name of the section of the function with the given name, its offset there, and the number of its bytes; nil if
  /// there is none.
  private func place(of function: String) -> (section: String, offset: Int, size: Int)? {
    // SHT_SYMTAB
    for table in file.sections where table.type == 2 {
      guard table.link < file.sections.count else { continue }
      let names = file.sections[table.link].range.lowerBound
      var symbol = table.range.lowerBound
      while symbol + 24 <= table.range.upperBound {
        let isFunction = file.integer(at: symbol + 4, size: 1) & 0xf == 2
        if isFunction && file.text(at: names + file.integer(at: symbol, size: 4)) == function {
          let index = file.integer(at: symbol + 6, size: 2)
          guard index < file.sections.count else { return nil }
          return (
            file.name(of: file.sections[index]), file.integer(at: symbol + 8, size: 8),
            file.integer(at: symbol + 16, size: 8)
          )
        }
        symbol += 24
      }
    }
    return nil
  }

}
