/// A version of a symbol, such as `GLIBC_2.14`.
public struct SymbolVersion: Hashable, Sendable {

  /// The name.
  public let name: String

  /// `true` iff it is the version that programs are linked with which ask for none.
  public let isDefault: Bool

}

/// The versions of the symbols for the loader: the sections `.gnu.version` and `.gnu.version_d`; see the Linux Standard
/// Base, "Symbol Versioning".
struct SymbolVersions {

  /// The number of the version of each symbol, two bytes each.
  private let numbers: [UInt8]

  /// The names of the versions that the file defines, by number.
  private let names: [UInt16: String]

  /// Reads the versions of `binary`, nil if it has none.
  init?(of binary: BinaryFile) {
    // SHT_GNU_versym and SHT_GNU_verdef
    guard let table = binary.sections.first(where: { $0.kind == 0x6fff_ffff }),
      let numbers = binary.contents(of: table),
      let section = binary.sections.first(where: { $0.kind == 0x6fff_fffd }),
      let definitions = binary.contents(of: section), binary.sections.indices.contains(section.link),
      let texts = binary.contents(of: binary.sections[section.link])
    else { return nil }
    self.numbers = numbers
    var names: [UInt16: String] = [:]
    var start = 0
    // Each definition tells where the next one is, and where its own name is: in the first of its auxiliary elements.
    while let number = definitions.number(UInt16.self, at: start + 4),
      let auxiliary = definitions.number(UInt32.self, at: start + 12),
      let next = definitions.number(UInt32.self, at: start + 16)
    {
      if let name = definitions.number(UInt32.self, at: start + Int(auxiliary)) {
        names[number & 0x7fff] = texts.text(at: Int(name))
      }
      if next == 0 { break }
      start += Int(next)
    }
    self.names = names
  }

  /// Returns the version of the symbol with the given index, nil if it has none.
  func version(ofSymbol index: Int) -> SymbolVersion? {
    guard let number = numbers.number(UInt16.self, at: 2 * index), let name = names[number & 0x7fff],
      number & 0x7fff > 1
    else { return nil }
    return SymbolVersion(name: name, isDefault: number & 0x8000 == 0)
  }

}
