import Types

/// The sections of an ELF file of LLVM's, see elf(5).
///
/// It may be looked at whatever it holds: what is not there is 0 or empty.
public struct ObjectFile: Sendable {

  /// A section.
  public struct Section: Sendable {

    /// The offset of its name among the names of sections.
    let nameOffset: Int

    /// The kind: `SHT_PROGBITS` is 1, `SHT_SYMTAB` 2.
    public let type: Int

    /// The flags: `SHF_EXECINSTR` is 4.
    public let flags: Int

    /// Where it is in the file.
    public let range: Range<Int>

    /// The index of the section that it refers to.
    public let link: Int

    /// More about it: the index of the section that relocations are about.
    let info: Int

    /// Where the file says all that.
    let header: Int

  }

  /// The bytes of the file.
  public var bytes: [UInt8]

  /// The sections.
  public private(set) var sections: [Section] = []

  /// The index of the section of the names of sections.
  private let names: Int

  /// Creates an instance that reads `bytes`, nil if they are not a 64-bit file with the least significant byte first.
  public init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]), bytes.count >= 64 else { return nil }
    self.bytes = bytes
    names = ObjectFile.integer(at: 0x3e, size: 2, in: bytes)
    let start = integer(at: 0x28, size: 8)
    let entrySize = integer(at: 0x3a, size: 2)
    for i in 0..<integer(at: 0x3c, size: 2) {
      let entry = start + i * entrySize
      let offset = integer(at: entry + 24, size: 8)
      let size = integer(at: entry + 32, size: 8)
      let isInFile = offset <= bytes.count && size <= bytes.count - offset
      sections.append(
        Section(
          nameOffset: integer(at: entry, size: 4), type: integer(at: entry + 4, size: 4),
          flags: integer(at: entry + 8, size: 8), range: isInFile ? offset..<offset + size : 0..<0,
          link: integer(at: entry + 40, size: 4), info: integer(at: entry + 44, size: 4), header: entry))
    }
  }

  /// Returns the first section with the given name.
  public func section(_ name: String) -> Section? { sections.first { self.name(of: $0) == name } }

  /// Returns the name of `section`.
  public func name(of section: Section) -> String {
    guard names < sections.count else { return "" }
    return text(at: sections[names].range.lowerBound + section.nameOffset)
  }

  /// Returns the text at `offset` up to a zero byte.
  public func text(at offset: Int) -> String {
    guard offset >= 0 && offset < bytes.count else { return "" }
    return String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Returns the integer of `size` bytes at `offset`, 0 behind the end of the file.
  public func integer(at offset: Int, size: Int) -> Int {
    ObjectFile.integer(at: offset, size: size, in: bytes)
  }

  /// Returns the integer of `size` bytes at `offset` of `bytes`, 0 behind their end.
  private static func integer(at offset: Int, size: Int, in bytes: [UInt8]) -> Int {
    guard offset >= 0 && offset <= bytes.count - size else { return 0 }
    var result: UInt64 = 0
    for i in 0..<size { result |= UInt64(bytes[offset + i]) << UInt64(8 * i) }
    return Int(result & 0x7fff_ffff_ffff)
  }

  /// Writes `number` as `size` bytes at `offset`; the file has them.
  public mutating func set(_ number: Int, size: Int, at offset: Int) {
    for i in 0..<size { bytes[offset + i] = UInt8(truncatingIfNeeded: number >> (8 * i)) }
  }

  /// Makes `contents` those of `section`; they stand behind everything else in the file.
  public mutating func replace(_ section: Section, with contents: [UInt8]) {
    bytes += [UInt8](repeating: 0, count: bytes.count.rounded(upToMultipleOf: 8) - bytes.count)
    set(bytes.count, size: 8, at: section.header + 24)
    set(contents.count, size: 8, at: section.header + 32)
    bytes += contents
  }

}
