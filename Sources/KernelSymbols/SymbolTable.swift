/// The kernel's symbols by their addresses.
public struct SymbolTable: Sendable {

  /// What an address is in.
  public struct Place: Hashable, Sendable {

    /// The name of the symbol.
    public let name: [UInt8]

    /// The number of bytes behind the start of the symbol.
    public let offset: UInt64

    /// The module that it is in, `bpf` for programs of BPF; empty for the kernel itself.
    public let module: [UInt8]

    /// Creates an instance with the given properties.
    public init(name: [UInt8], offset: UInt64, module: [UInt8] = []) {
      self.name = name
      self.offset = offset
      self.module = module
    }

  }

  /// A symbol.
  private struct Entry {

    /// The address.
    let address: UInt64

    /// The place of the name in the list's text.
    let nameStart: UInt32, nameCount: UInt16

    /// The module, an index into `modules`.
    let module: UInt16

  }

  /// The list.
  private let list: SymbolList

  /// The symbols by ascending address; of those with the same address, the first one in the list comes first.
  private var entries: [Entry] = []

  /// The names of the modules; the first one is empty and stands for the kernel.
  private var modules: [[UInt8]] = [[]]

  /// The greatest distance from the last symbol of a module, or of the kernel, that still counts as in it.
  ///
  /// The list does not tell where the last one ends.
  private static let greatestReach: UInt64 = 1 << 16

  /// Creates a table of the symbols in `list`.
  public init(_ list: SymbolList) {
    self.list = list
    var entries: [Entry] = []
    var modules: [[UInt8]] = [[]]
    entries.reserveCapacity(list.text.count / 40)
    var isSorted = true
    list.forEachLine { line, text in
      // Numbers that are no addresses, such as offsets of variables that each CPU has, are below all addresses.
      if line.address >> 63 == 0 { return true }
      if !text[line.module].elementsEqual(modules[modules.count - 1]) {
        modules.append(Array(text[line.module]))
      }
      if let last = entries.last, last.address > line.address { isSorted = false }
      entries.append(
        Entry(
          address: line.address, nameStart: UInt32(clamping: line.name.lowerBound),
          nameCount: UInt16(clamping: line.name.count), module: UInt16(clamping: modules.count - 1)))
      return true
    }
    if !isSorted {
      entries.sort { ($0.address, $0.nameStart) < ($1.address, $1.nameStart) }
    }
    self.entries = entries
    self.modules = modules
  }

  /// Returns the symbol that `address` is in, nil if it is in none.
  public func place(of address: UInt64) -> Place? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    var index = low - 1
    let module = modules[Int(entries[index].module)]
    let offset = address - entries[index].address
    let isLast = low == entries.count || modules[Int(entries[low].module)] != module
    if isLast && offset >= Self.greatestReach { return nil }
    while index > 0 && entries[index - 1].address == entries[index].address { index -= 1 }
    let entry = entries[index]
    let start = Int(entry.nameStart)
    let name = Array(list.text[start..<start + Int(entry.nameCount)])
    return Place(name: name, offset: offset, module: modules[Int(entry.module)])
  }

}
