import Binaries

/// The functions of a file, by address.
struct CodeSymbols {

  /// A function.
  struct Function {

    /// The address, relative to where the file is loaded.
    let start: UInt64

    /// The place of the name among all names.
    let name: Int

  }

  /// An element of the table.
  fileprivate struct Entry {

    /// The first address.
    var start: UInt64

    /// The address behind the last one.
    var end: UInt64

    /// The greatest `end` of this and all elements before.
    var reach: UInt64

    /// The place of the name among all names.
    var name: UInt32

    /// How little the name is fit to stand for the address, of several that could.
    var rank: UInt8

  }

  /// The functions by address, one for each.
  private let entries: [Entry]

  /// All names, each with a zero byte behind it.
  private let names: [UInt8]

  /// The number of functions.
  var count: Int { entries.count }

  /// Reads the functions of `binaries`, which describe one file.
  init(of binaries: [(file: BinaryFile, table: SymbolTable)]) {
    var entries: [Entry] = []
    var names: [UInt8] = []
    for (file, table) in binaries {
      table.forEach { symbol, name in
        guard Self.canBeCode(symbol, in: file), !name.isEmpty, !Self.isMark(name) else { return true }
        guard names.count + name.count < UInt32.max else { return false }
        let (end, overflows) = symbol.address.addingReportingOverflow(symbol.size)
        entries.append(
          Entry(
            start: symbol.address, end: overflows ? symbol.address : end, reach: 0, name: UInt32(names.count),
            rank: Self.rank(of: symbol, named: name)))
        names.append(contentsOf: name)
        names.append(0)
        return true
      }
    }
    entries.sort { ($0.start, $0.rank, $0.name) < ($1.start, $1.rank, $1.name) }
    self.entries = Self.withoutDoubles(entries)
    self.names = names
  }

  /// Returns the function that the code at `address` belongs to, nil if there is none.
  func function(at address: UInt64) -> Function? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].start <= address { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    // One that begins nearer may have ended already within one that began before.
    while index >= 0, entries[index].reach > address {
      if address < entries[index].end {
        return Function(start: entries[index].start, name: Int(entries[index].name))
      }
      index -= 1
    }
    return nil
  }

  /// Returns the name of `function` as the file has it.
  func name(of function: Function) -> [UInt8] {
    Array(names[function.name...].prefix { $0 != 0 })
  }

  /// Returns `true` iff `symbol` can stand for code of `file`: a function, or a label in code in assembly language.
  private static func canBeCode(_ symbol: Symbol, in file: BinaryFile) -> Bool {
    if symbol.isFunction { return true }
    guard symbol.kind == .none, symbol.isDefined, symbol.address != 0 else { return false }
    let section = Int(symbol.section)
    return section < file.sections.count && file.sections[section].isExecutable
  }

  /// Returns `true` iff `name` is one of those that tell code from data within functions on Arm: `$x`, `$d.12`.
  private static func isMark(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count >= 2, name[0] == UInt8(ascii: "$"), "xdat".utf8.contains(name[1]) else { return false }
    return name.count == 2 || name[2] == UInt8(ascii: ".")
  }

  /// Returns how little `name` is fit to stand for the address of `symbol`, of several that could.
  ///
  /// What a programmer writes begins with fewer underscores: `puts` and not `_IO_puts`.
  private static func rank(of symbol: Symbol, named name: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let underscores = UInt8(name.prefix(3).prefix { $0 == UInt8(ascii: "_") }.count)
    let binding: UInt8 = symbol.binding == .local ? 2 : symbol.binding == .weak ? 1 : 0
    return (symbol.kind == .none ? 64 : 0) + (symbol.size == 0 ? 32 : 0) + underscores * 4 + binding
  }

  /// Returns `entries`, which are sorted, with the fittest one of each address; what has no size goes on up to the next one.
  private static func withoutDoubles(_ entries: [Entry]) -> [Entry] {
    var result: [Entry] = []
    result.reserveCapacity(entries.count)
    for entry in entries {
      guard let last = result.last, last.start == entry.start else {
        result.append(entry)
        continue
      }
      if last.end == last.start { result[result.count - 1].end = entry.end }
    }
    var reach: UInt64 = 0
    for index in result.indices {
      if result[index].end == result[index].start {
        result[index].end = index + 1 < result.count ? result[index + 1].start : .max
        // Nor does it go on behind the function that it is a place in.
        if result[index].start < reach { result[index].end = min(result[index].end, reach) }
      }
      reach = max(reach, result[index].end)
      result[index].reach = reach
    }
    return result
  }

}
