/// The line of each instruction of an object file: its sections `.BTF.ext` and `.symtab`.
///
/// See Documentation/bpf/btf.rst in the kernel's sources, and elf(5).
struct ObjectLines {

  /// The bytes of the file.
  private let bytes: [UInt8]

  /// A section of the file.
  private struct Section {

    /// The offset of its name among the names of sections.
    let name: Int

    /// Where it is in the file.
    let range: Range<Int>

    /// The index of the section that it refers to.
    let link: Int

    /// The kind; 2 is a table of symbols.
    let type: Int

  }

  /// The sections.
  private var sections: [Section] = []

  /// The section of the names of sections.
  private var names = 0

  /// Creates an instance that reads `bytes`, nil if it is not a 64-bit file.
  init?(of bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]), bytes.count >= 64 else { return nil }
    let start = integer(at: 0x28, size: 8)
    let entrySize = integer(at: 0x3a, size: 2)
    let count = integer(at: 0x3c, size: 2)
    names = integer(at: 0x3e, size: 2)
    for i in 0..<count {
      let entry = start + i * entrySize
      let offset = integer(at: entry + 24, size: 8)
      let size = integer(at: entry + 32, size: 8)
      let type = integer(at: entry + 4, size: 4)
      let isInFile = offset <= bytes.count && size <= bytes.count - offset
      sections.append(
        Section(
          name: integer(at: entry, size: 4), range: isInFile ? offset..<offset + size : 0..<0,
          link: integer(at: entry + 40, size: 4), type: type))
    }
  }

  /// Returns the line number of an instruction of the program with the given name, nil if there is none, or if it is one of the
  /// functions that libbpf puts behind the program.
  func line(ofInstruction index: Int, in program: String) -> Int? {
    guard let (section, start, size) = place(of: program), 8 * index < size, let types = self.section(".BTF"),
      let lines = self.section(".BTF.ext")
    else { return nil }
    let namesStart =
      types.lowerBound + integer(at: types.lowerBound + 4, size: 4)
      + integer(at: types.lowerBound + 16, size: 4)
    let header = integer(at: lines.lowerBound + 4, size: 4)
    var offset = lines.lowerBound + header + integer(at: lines.lowerBound + 16, size: 4)
    let end = min(offset + integer(at: lines.lowerBound + 20, size: 4), lines.upperBound)
    let recordSize = integer(at: offset, size: 4)
    if recordSize < 16 { return nil }
    offset += 4
    while offset + 8 <= end {
      let name = text(at: namesStart + integer(at: offset, size: 4))
      let count = integer(at: offset + 4, size: 4)
      offset += 8
      if name == section {
        return line(at: start + 8 * index, notBefore: start, in: offset, count: count, recordSize: recordSize)
      }
      offset += count * recordSize
    }
    return nil
  }

  /// Returns the line number of the last of the `count` records from `records` on that is not behind the instruction at
  /// `offset` in the section, nor before `start`.
  private func line(
    at offset: Int, notBefore start: Int, in records: Int, count: Int, recordSize: Int
  ) -> Int? {
    var result: Int? = nil
    for i in 0..<min(count, bytes.count / recordSize) {
      let record = records + i * recordSize
      let place = integer(at: record, size: 4)
      // The line is in the upper 22 bits, the column in the others; line 0 is no line.
      let line = integer(at: record + 12, size: 4) >> 10
      if place >= start && place <= offset && line > 0 { result = line }
    }
    return result
  }

  /// Returns the name of the section of the function with the given name, its offset there, and the number of its bytes; nil if
  /// there is none.
  private func place(of function: String) -> (section: String, offset: Int, size: Int)? {
    for table in sections where table.type == 2 {
      guard table.link < sections.count else { continue }
      let names = sections[table.link].range.lowerBound
      var symbol = table.range.lowerBound
      while symbol + 24 <= table.range.upperBound {
        let isFunction = integer(at: symbol + 4, size: 1) & 0xf == 2
        if isFunction && text(at: names + integer(at: symbol, size: 4)) == function {
          let index = integer(at: symbol + 6, size: 2)
          guard index < sections.count else { return nil }
          return (
            name(of: sections[index]), integer(at: symbol + 8, size: 8), integer(at: symbol + 16, size: 8)
          )
        }
        symbol += 24
      }
    }
    return nil
  }

  /// Returns where the section with the given name is in the file.
  private func section(_ name: String) -> Range<Int>? {
    sections.first { self.name(of: $0) == name }.map(\.range)
  }

  /// Returns the name of `section`.
  private func name(of section: Section) -> String {
    guard names < sections.count else { return "" }
    return text(at: sections[names].range.lowerBound + section.name)
  }

  /// Returns the text at `offset` up to a zero byte.
  private func text(at offset: Int) -> String {
    guard offset >= 0 && offset < bytes.count else { return "" }
    return String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Returns the integer of `size` bytes at `offset`, 0 behind the end of the file.
  private func integer(at offset: Int, size: Int) -> Int {
    guard offset >= 0 && offset <= bytes.count - size else { return 0 }
    var result: UInt64 = 0
    for i in 0..<size { result |= UInt64(bytes[offset + i]) << UInt64(8 * i) }
    return Int(result & 0x7fff_ffff_ffff)
  }

}
