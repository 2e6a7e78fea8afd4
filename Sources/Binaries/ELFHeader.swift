/// Where the tables of an ELF file are.
struct ELFHeader {

  /// A table in the file.
  struct Table {

    /// Where it begins in the file.
    let offset: UInt64

    /// The size of an element.
    let entrySize: Int

    /// The number of elements.
    let count: Int

  }

  /// The table of segments.
  let segments: Table

  /// The table of sections.
  let sections: Table

  /// The index of the section with the names of sections.
  let names: Int

  /// Creates an instance from the bytes at the start of a file, nil if they are too few.
  init?(_ bytes: [UInt8], is64Bit: Bool) {
    let width = is64Bit ? 8 : 4
    let counts = is64Bit ? 54 : 42
    guard let segmentOffset = bytes.word(at: 24 + width, is64Bit: is64Bit),
      let sectionOffset = bytes.word(at: 24 + 2 * width, is64Bit: is64Bit),
      let names = bytes.number(UInt16.self, at: counts + 8)
    else { return nil }
    // Returns the 16-bit number at `offset`, which is in front of that of `names`.
    func count(_ offset: Int) -> Int { Int(bytes.number(UInt16.self, at: offset) ?? 0) }
    segments = Table(offset: segmentOffset, entrySize: count(counts), count: count(counts + 2))
    sections = Table(offset: sectionOffset, entrySize: count(counts + 4), count: count(counts + 6))
    self.names = Int(names)
  }

}

extension BinaryFile {

  /// Returns the segments that `header` tells of; none if the table leads out of `file`.
  static func segments(_ header: ELFHeader, in file: FileBytes, is64Bit: Bool) -> [Segment] {
    let table = header.segments
    guard table.entrySize >= (is64Bit ? 56 : 32),
      let bytes = file.bytes(at: table.offset, count: UInt64(table.entrySize * table.count))
    else { return [] }
    return (0..<table.count).compactMap { i in
      let start = i * table.entrySize
      // Returns the number at the offset that it has in the given kind of file.
      func word(_ offset64: Int, _ offset32: Int) -> UInt64 {
        bytes.word(at: start + (is64Bit ? offset64 : offset32), is64Bit: is64Bit) ?? 0
      }
      guard let kind = bytes.number(UInt32.self, at: start),
        let flags = bytes.number(UInt32.self, at: start + (is64Bit ? 4 : 24))
      else { return nil }
      return Segment(
        kind: kind, isExecutable: flags & 1 != 0, isWritable: flags & 2 != 0, offset: word(8, 4),
        address: word(16, 8), fileSize: word(32, 16), memorySize: word(40, 20))
    }
  }

  /// Returns the sections that `header` tells of; none if the table leads out of `file`.
  static func sections(_ header: ELFHeader, in file: FileBytes, is64Bit: Bool) -> [Section] {
    let table = header.sections
    let size = is64Bit ? 64 : 40
    guard table.offset > 0, table.entrySize >= size,
      let first = file.bytes(at: table.offset, count: UInt64(table.entrySize))
    else { return [] }
    // Where there are too many for the header, the first section has the numbers in place of its own properties.
    var count = table.count
    var names = header.names
    if count == 0 { count = Int(clamping: first.word(at: is64Bit ? 32 : 20, is64Bit: is64Bit) ?? 0) }
    if names == 0xffff { names = Int(first.number(UInt32.self, at: is64Bit ? 40 : 24) ?? 0) }
    let (length, overflows) = UInt64(count).multipliedReportingOverflow(by: UInt64(table.entrySize))
    guard !overflows, let bytes = file.bytes(at: table.offset, count: length) else { return [] }
    let raw = (0..<count).map { RawSection(bytes, at: $0 * table.entrySize, is64Bit: is64Bit) }
    let texts =
      raw.indices.contains(names)
      ? file.bytes(at: raw[names].section.offset, count: raw[names].section.size) ?? [] : []
    return raw.map { $0.section(named: texts.text(at: $0.name) ?? "") }
  }

}

/// A section whose name was not looked up yet.
private struct RawSection {

  /// The offset of the name among the names of sections.
  let name: Int

  /// The section, without its name.
  let section: BinaryFile.Section

  /// Creates an instance from the element of the table in `bytes` that begins at `start`.
  init(_ bytes: [UInt8], at start: Int, is64Bit: Bool) {
    // Returns the number at the offset that it has in the given kind of file.
    func word(_ offset64: Int, _ offset32: Int) -> UInt64 {
      bytes.word(at: start + (is64Bit ? offset64 : offset32), is64Bit: is64Bit) ?? 0
    }
    name = Int(bytes.number(UInt32.self, at: start) ?? 0)
    section = BinaryFile.Section(
      name: "", kind: bytes.number(at: start + 4) ?? 0, flags: word(8, 8), address: word(16, 12),
      offset: word(24, 16), size: word(32, 20),
      link: Int(bytes.number(UInt32.self, at: start + (is64Bit ? 40 : 24)) ?? 0), entrySize: word(56, 36))
  }

  /// Returns the section with the given name.
  func section(named name: String) -> BinaryFile.Section {
    BinaryFile.Section(
      name: name, kind: section.kind, flags: section.flags, address: section.address,
      offset: section.offset, size: section.size, link: section.link, entrySize: section.entrySize)
  }

}
