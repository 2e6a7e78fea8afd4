import Glibc
import Kernel
import Types

/// Type information in the kernel's format (BTF), of which only what is asked for is read.
///
/// libbpf's reader takes in everything: milliseconds and megabytes for scripts that want one offset. The format is
/// described in Documentation/bpf/btf.rst in the kernel's sources.
final class TypeInformation {

  /// The file.
  private let file: LazyFile

  /// Where the types start in the file.
  private let typesStart: Int

  /// Where the types end in the file.
  private let typesEnd: Int

  /// Where the names start in the file.
  private let namesStart: Int

  /// Where the names end in the file.
  private let namesEnd: Int

  /// The offset in the file of each type found so far, by number; number 0 is `void`, which has none.
  private var offsets: [Int32] = [0]

  /// The offset in the file behind the types found so far.
  private var scanned: Int

  /// The numbers of anonymous structures that a layout gave names to.
  private var invented: [StructureName: Int] = [:]

  /// The numbers of the structures asked for so far.
  private var numbers: [StructureName: Int] = [:]

  /// Creates an instance that reads the file at `path`, nil if it cannot be read or is in another format.
  init?(ofFile path: String) {
    guard let file = LazyFile(path), let magic = file.word(at: 0), magic & 0xff_ffff == 0x01_eb9f,
      let header = file.word(at: 4), let typesOffset = file.word(at: 8),
      let typesCount = file.word(at: 12), let namesOffset = file.word(at: 16),
      let namesCount = file.word(at: 20)
    else { return nil }
    self.file = file
    typesStart = Int(header) + Int(typesOffset)
    typesEnd = typesStart + Int(typesCount)
    namesStart = Int(header) + Int(namesOffset)
    namesEnd = namesStart + Int(namesCount)
    scanned = typesStart
    if typesEnd > file.count || namesEnd > file.count || file.count > Int(Int32.max) { return nil }
  }

  /// A record of a type: what all kinds have in common.
  struct Record {

    /// Where it is in the file.
    let offset: Int

    /// The offset of the name among the names; 0 if it has none.
    let name: Int

    /// The kind, the number of what follows, and a flag.
    let info: UInt32

    /// The size in bytes or the number of another type, by kind.
    let sizeOrType: Int

    /// The kind.
    var kind: Kind? { Kind(rawValue: UInt8(truncatingIfNeeded: (info >> 24) & 0x1f)) }

    /// The number of members, values or parameters that follow.
    var count: Int { Int(info & 0xffff) }

    /// A flag whose meaning the kind decides.
    var flag: Bool { info >> 31 != 0 }

    /// The offset in the file of what follows.
    var tail: Int { offset + 12 }

    /// The number of bytes in all, nil for a kind that is not known.
    var length: Int? {
      switch kind {
      case .integer, .variable, .declarationTag: 16
      case .array: 24
      case .structure, .union, .enumeration64: 12 + count * 12
      case .enumeration, .prototype: 12 + count * 8
      case .section: 12 + count * 12
      case .pointer, .forward, .typedef, .volatile, .const, .restrict, .function, .float, .typeTag: 12
      case nil: nil
      }
    }

  }

  /// The kinds of types, numbered as in `include/uapi/linux/btf.h`.
  enum Kind: UInt8 {
    case integer = 1, pointer, array, structure, union, enumeration, forward, typedef, volatile, const
    case restrict, function, prototype, variable, section, float, declarationTag, typeTag, enumeration64
  }

  /// Returns the type with the given number, nil if there is none.
  func record(_ number: Int) -> Record? {
    while number >= offsets.count { if scanNext() == nil { return nil } }
    return number > 0 ? record(at: Int(offsets[number])) : nil
  }

  /// Returns the number of a structure, nil if there is none.
  func number(of structure: StructureName) -> Int? {
    if let known = invented[structure] ?? numbers[structure] ?? scannedNumber(of: structure) { return known }
    while let record = scanNext() {
      guard let keyword = record.keyword, record.name != 0 else { continue }
      if keyword == structure.keyword && isName(structure.tag, at: record.name) {
        numbers[structure] = offsets.count - 1
        return offsets.count - 1
      }
    }
    return nil
  }

  /// Returns the number of a structure among the types scanned already, nil if there is none.
  private func scannedNumber(of structure: StructureName) -> Int? {
    for number in 1..<max(offsets.count, 1) {
      if let record = record(at: Int(offsets[number])), record.keyword == structure.keyword,
        record.name != 0, isName(structure.tag, at: record.name)
      {
        numbers[structure] = number
        return number
      }
    }
    return nil
  }

  /// Returns the number of the first type of the given kind that is called `name`, nil if there is none.
  func number(of kind: Kind, named name: String) -> Int? {
    var number = 1
    while let record = record(number) {
      if record.kind == kind, record.name != 0, isName(name, at: record.name) { return number }
      number += 1
    }
    return nil
  }

  /// Gives the anonymous type with the given number the name `name`, by which it can be asked for.
  func setName(_ name: StructureName, ofType number: Int) { invented[name] = number }

  /// Returns the name at `offset` among the names, empty if there is none.
  func name(at offset: Int) -> String {
    if offset <= 0 { return "" }
    var bytes: [UInt8] = []
    while bytes.count < 1024, namesStart + offset + bytes.count < namesEnd,
      let byte = file.bytes(at: namesStart + offset + bytes.count, count: 1)?.load(as: UInt8.self), byte != 0
    { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns the 32-bit number at `offset` in the file, 0 behind its end.
  func word(at offset: Int) -> Int { Int(file.word(at: offset) ?? 0) }

  /// Returns `true` iff the name at `offset` among the names is `name`.
  func isName(_ name: String, at offset: Int) -> Bool {
    var name = name
    return name.withUTF8 { text in
      guard namesStart + offset + text.count < namesEnd,
        let bytes = file.bytes(at: namesStart + offset, count: text.count + 1)
      else { return false }
      return memcmp(bytes, text.baseAddress!, text.count) == 0
        && bytes.load(fromByteOffset: text.count, as: UInt8.self) == 0
    }
  }

  /// Finds one type more and returns it, nil if there are no more.
  private func scanNext() -> Record? {
    guard scanned < typesEnd, let record = record(at: scanned), let length = record.length else {
      return nil
    }
    offsets.append(Int32(scanned))
    scanned += length
    return record
  }

  /// Returns the record at `offset` in the file, nil behind its end.
  private func record(at offset: Int) -> Record? {
    guard let bytes = file.bytes(at: offset, count: 12) else { return nil }
    return Record(
      offset: offset, name: Int(bytes.loadUnaligned(as: UInt32.self)),
      info: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self),
      sizeOrType: Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
  }

}

extension TypeInformation.Record {

  /// `struct` or `union`, nil for other kinds.
  var keyword: StructureName.Keyword? {
    switch kind {
    case .structure: .struct
    case .union: .union
    default: nil
    }
  }

}
