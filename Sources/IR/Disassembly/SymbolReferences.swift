/// What the instructions of an object refer to by name, and where its functions begin; see elf(5).
struct SymbolReferences {

  /// A function.
  struct Function: Hashable {

    /// The name.
    let name: String

    /// The index of its section.
    let section: Int

    /// Its bytes in the section.
    let range: Range<Int>

  }

  /// The functions, in the order of sections and bytes.
  private(set) var functions: [Function] = []

  /// A place in the object that is to get the address of a symbol.
  private struct Place: Hashable {

    /// The index of the section.
    let section: Int

    /// The offset in it.
    let offset: Int

  }

  /// The symbol that is referred to at each place.
  private var symbols: [Place: Symbol] = [:]

  /// A symbol.
  private struct Symbol {

    /// The name: that of the section for a symbol that is one.
    let name: String

    /// The index of its section.
    let section: Int

    /// The offset in the section.
    let value: Int

    /// `true` iff it stands for a section as a whole.
    let isSection: Bool

  }

  /// Reads those of `file`.
  init(of file: ObjectFile) {
    // SHT_SYMTAB is 2, SHT_REL 9.
    guard let table = file.sections.first(where: { $0.type == 2 }) else { return }
    for section in file.sections where section.type == 9 {
      for entry in stride(from: section.range.lowerBound, to: section.range.upperBound - 15, by: 16) {
        let place = Place(section: section.info, offset: file.integer(at: entry, size: 8))
        symbols[place] = SymbolReferences.symbol(file.integer(at: entry + 12, size: 4), of: table, in: file)
      }
    }
    for index in 0..<table.range.count / 24 {
      let entry = table.range.lowerBound + 24 * index
      // STT_FUNC
      guard file.integer(at: entry + 4, size: 1) & 15 == 2,
        let symbol = SymbolReferences.symbol(index, of: table, in: file)
      else { continue }
      let size = min(file.integer(at: entry + 16, size: 8), file.bytes.count)
      functions.append(
        Function(name: symbol.name, section: symbol.section, range: symbol.value..<symbol.value + size))
    }
    functions.sort { ($0.section, $0.range.lowerBound) < ($1.section, $1.range.lowerBound) }
  }

  /// Returns the symbol with the given index in `table`, nil if there is none.
  private static func symbol(_ index: Int, of table: ObjectFile.Section, in file: ObjectFile) -> Symbol? {
    guard index < table.range.count / 24, file.sections.indices.contains(table.link) else { return nil }
    let entry = table.range.lowerBound + 24 * index
    let section = file.integer(at: entry + 6, size: 2)
    guard file.sections.indices.contains(section) else { return nil }
    // STT_SECTION
    let isSection = file.integer(at: entry + 4, size: 1) & 15 == 3
    let names = file.sections[table.link].range.lowerBound
    let name =
      isSection
      ? file.name(of: file.sections[section])
      : file.text(at: names + file.integer(at: entry, size: 4))
    let value = min(file.integer(at: entry + 8, size: 8), file.bytes.count)
    return Symbol(name: name, section: section, value: value, isSection: isSection)
  }

  /// Returns what `instruction`, at `offset` of a section, refers to, nil if it is nothing that has a name. `rename` gives the names of maps.
  func referent(
    of instruction: MachineInstruction, at offset: Int, section: Int, renaming rename: (String) -> String
  ) -> String? {
    guard let symbol = symbols[Place(section: section, offset: offset)] else { return nil }
    // A call of a function of the same section is by a number of instructions, everything else by one of bytes.
    let distance =
      instruction.isCall
      ? (Int(instruction.immediate) + 1) * MachineInstruction.size : Int(instruction.immediate)
    let target = symbol.value + distance
    if let function = functions.first(where: { $0.section == symbol.section && $0.range.lowerBound == target }
    ) {
      return function.name
    }
    let name = rename(symbol.name)
    return distance == 0 ? name : "\(name) + \(distance)"
  }

}
