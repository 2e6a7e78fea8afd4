import Glibc

/// A table of the names in a file, in the order of the file.
///
/// There can be a hundred thousand of them, so they are looked at one after the other without copies of their names.
public struct SymbolTable {

  /// Which of the tables of a file.
  public enum Kind: Sendable {

    /// That for debuggers (`.symtab`), which is removed from stripped files.
    case full

    /// That for the loader (`.dynsym`): what other files may use, and what is used of them.
    case dynamic

  }

  /// The elements of the table.
  private let entries: [UInt8]

  /// The names, each with a zero byte behind it.
  private let names: [UInt8]

  /// The version of each symbol; nil if they have none.
  private let versions: SymbolVersions?

  /// The size of an element.
  private let entrySize: Int

  /// `true` iff addresses have 64 bits.
  private let is64Bit: Bool

  /// `true` iff it is the table for the loader.
  public let isDynamic: Bool

  /// The number of symbols.
  public let count: Int

  /// Reads the table of the given kind of `binary`; a table without symbols if it has none.
  init(of binary: BinaryFile, kind: Kind) {
    is64Bit = binary.is64Bit
    isDynamic = kind == .dynamic
    entrySize = is64Bit ? 24 : 16
    // SHT_SYMTAB and SHT_DYNSYM
    let section = binary.sections.first { $0.kind == (kind == .full ? 2 : 11) }
    guard let section, binary.sections.indices.contains(section.link),
      let entries = binary.contents(of: section),
      let names = binary.contents(of: binary.sections[section.link])
    else {
      (entries, names, versions, count) = ([], [], nil, 0)
      return
    }
    self.entries = entries
    self.names = names
    count = entries.count / entrySize
    versions = kind == .dynamic ? SymbolVersions(of: binary) : nil
  }

  /// The greatest number of bytes of a name; longer ones are left out, as they are no names but a trap.
  private static let longestName = 1 << 16

  /// `true` iff there are no symbols.
  public var isEmpty: Bool { count == 0 }

  /// Calls `body` with each symbol and its name, up to one for which it returns `false`.
  ///
  /// The memory of the name is valid during the call.
  public func forEach(_ body: (Symbol, UnsafeBufferPointer<UInt8>) -> Bool) {
    names.withUnsafeBufferPointer { names in
      // The last name must have an end.
      guard let last = names.lastIndex(of: 0) else { return }
      for index in 0..<count {
        guard let (symbol, start) = symbol(at: index), start < last else { continue }
        let limit = min(last + 1 - start, SymbolTable.longestName)
        guard let end = memchr(names.baseAddress! + start, 0, limit) else { continue }
        let name = UnsafeBufferPointer(
          start: names.baseAddress! + start,
          count: UnsafeRawPointer(end) - UnsafeRawPointer(names.baseAddress! + start))
        if !body(symbol, name) { return }
      }
    }
  }

  /// Returns the version of `symbol`, which is one of this table; nil if it has none.
  public func version(of symbol: Symbol) -> SymbolVersion? { versions?.version(ofSymbol: symbol.index) }

  /// Returns the symbol with the given index and the offset of its name.
  private func symbol(at index: Int) -> (Symbol, name: Int)? {
    let start = index * entrySize
    return entries.withUnsafeBytes { bytes in
      guard start + entrySize <= bytes.count else { return nil }
      // Returns the number at `offset` in the element.
      func number<Number: FixedWidthInteger>(_ type: Number.Type, _ offset: Int) -> Number {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: start + offset, as: type))
      }
      let info = number(UInt8.self, is64Bit ? 4 : 12)
      let symbol = Symbol(
        index: index, address: is64Bit ? number(UInt64.self, 8) : UInt64(number(UInt32.self, 4)),
        size: is64Bit ? number(UInt64.self, 16) : UInt64(number(UInt32.self, 8)),
        kind: Symbol.Kind(rawValue: info & 15), binding: Symbol.Binding(rawValue: info >> 4),
        section: number(UInt16.self, is64Bit ? 6 : 14))
      return (symbol, Int(number(UInt32.self, 0)))
    }
  }

}
