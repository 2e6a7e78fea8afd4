import Glibc
import Kernel
import Types

/// Type information in the kernel's format (BTF), of which only what is asked for is read.
///
/// libbpf's reader takes in everything: milliseconds and megabytes for scripts that want one offset. The format is
/// described in Documentation/bpf/btf.rst in the kernel's sources.
///
/// That of a module goes on where the kernel's ends: its numbers, its names, and here its offsets in the file, too.
final class TypeInformation {

  /// The file.
  private let file: LazyFile

  /// The kernel's type information iff this is that of a module.
  private let base: TypeInformation?

  /// The offset of the file's start: the number of bytes of the base's file.
  private let origin: Int

  /// The number of the first type: the number of types of the base.
  let firstNumber: Int

  /// Where the types start in the file.
  private let typesStart: Int

  /// Where the types end in the file.
  private let typesEnd: Int

  /// Where the names start in the file.
  private let namesStart: Int

  /// Where the names end in the file.
  private let namesEnd: Int

  /// The offset of the first name: the number of bytes of the base's names.
  private let firstName: Int

  /// The offset in the file of each type found so far, from the first number on; number 0 is `void`, which has none.
  private var offsets: [Int32]

  /// The offset in the file behind the types found so far.
  private var scanned: Int

  /// The numbers of anonymous structures that a layout gave names to.
  private var invented: [StructureName: Int] = [:]

  /// The numbers of the structures asked for so far.
  private var numbers: [StructureName: Int] = [:]

  /// The numbers of the functions that the kernel defines for tracepoints, by name: read at once, since scripts have several.
  private(set) lazy var tracepointFunctions = numbers(ofFunctionsWithPrefixes: Self.tracepointPrefixes)

  /// Creates an instance that reads the file at `path`, which goes on where `base` ends; nil if it cannot be read or is in
  /// another format.
  convenience init?(ofFile path: String, behind base: TypeInformation? = nil) {
    guard let file = LazyFile(path) else { return nil }
    self.init(file, behind: base)
  }

  /// Creates an instance that reads `file`, which goes on where `base` ends; nil if it is in another format.
  init?(_ file: LazyFile, behind base: TypeInformation? = nil) {
    guard let magic = file.word(at: 0), magic & 0xff_ffff == 0x01_eb9f,
      let header = file.word(at: 4), let typesOffset = file.word(at: 8),
      let typesCount = file.word(at: 12), let namesOffset = file.word(at: 16),
      let namesCount = file.word(at: 20)
    else { return nil }
    self.file = file
    self.base = base
    origin = base.map { $0.origin + $0.file.count } ?? 0
    firstNumber = base?.numberOfTypes() ?? 0
    firstName = base.map { $0.firstName + $0.namesEnd - $0.namesStart } ?? 0
    typesStart = origin + Int(header) + Int(typesOffset)
    typesEnd = typesStart + Int(typesCount)
    namesStart = origin + Int(header) + Int(namesOffset)
    namesEnd = namesStart + Int(namesCount)
    scanned = typesStart
    offsets = base == nil ? [0] : []
    let end = origin + file.count
    if typesEnd > end || namesEnd > end || end > Int(Int32.max) { return nil }
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
    if number < firstNumber { return base?.record(number) }
    while number >= firstNumber + offsets.count { if scanNext() == nil { return nil } }
    return number > 0 ? record(at: Int(offsets[number - firstNumber])) : nil
  }

  /// Returns the number behind that of the last type.
  private func numberOfTypes() -> Int {
    while scanNext() != nil {}
    return firstNumber + offsets.count
  }

  /// Returns the number of a structure, nil if there is none.
  func number(of structure: StructureName) -> Int? {
    if let known = invented[structure] ?? numbers[structure] ?? base?.number(of: structure)
      ?? scannedNumber(of: structure)
    {
      return known
    }
    while let record = scanNext() {
      guard let keyword = record.keyword, record.name != 0 else { continue }
      if keyword == structure.keyword && isName(structure.tag, at: record.name) {
        numbers[structure] = firstNumber + offsets.count - 1
        return firstNumber + offsets.count - 1
      }
    }
    return nil
  }

  /// Returns the number of a structure among the types scanned already, nil if there is none.
  private func scannedNumber(of structure: StructureName) -> Int? {
    for (index, offset) in offsets.enumerated() where offset > 0 {
      if let record = record(at: Int(offset)), record.keyword == structure.keyword,
        record.name != 0, isName(structure.tag, at: record.name)
      {
        numbers[structure] = firstNumber + index
        return firstNumber + index
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

  /// Calls `body` with the number, the record and the bytes of the name of every type of the given kind that is not one of
  /// the base.
  func forEachName(
    of kind: Kind, _ body: (_ number: Int, _ record: Record, _ name: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var number = max(firstNumber, 1)
    while let record = record(number) {
      if record.kind == kind, let name = nameBytes(at: record.name) { body(number, record, name) }
      number += 1
    }
  }

  /// Gives the anonymous type with the given number the name `name`, by which it can be asked for.
  func setName(_ name: StructureName, ofType number: Int) { invented[name] = number }

  /// Returns the name at `offset` among the names, empty if there is none.
  func name(at offset: Int) -> String {
    nameBytes(at: offset).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Returns the bytes of the name at `offset` among the names, nil if there is none.
  private func nameBytes(at offset: Int) -> UnsafeBufferPointer<UInt8>? {
    if offset <= 0 { return nil }
    if offset < firstName { return base?.nameBytes(at: offset) }
    let start = namesStart + offset - firstName
    var count = 0
    while count < 1024, start + count < namesEnd {
      let piece = min(64, namesEnd - start - count)
      guard let bytes = file.bytes(at: start + count - origin, count: piece) else { return nil }
      if let end = memchr(bytes, 0, piece) {
        count += UnsafeRawPointer(end) - bytes
        break
      }
      count += piece
    }
    guard count > 0, let bytes = file.bytes(at: start - origin, count: count) else { return nil }
    return UnsafeBufferPointer(start: bytes.assumingMemoryBound(to: UInt8.self), count: count)
  }

  /// Returns the 32-bit number at `offset` in the file, 0 behind its end.
  func word(at offset: Int) -> Int {
    if offset < origin { return base?.word(at: offset) ?? 0 }
    return Int(file.word(at: offset - origin) ?? 0)
  }

  /// Returns `true` iff the name at `offset` among the names is `name`.
  func isName(_ name: String, at offset: Int) -> Bool {
    if offset < firstName { return base?.isName(name, at: offset) ?? false }
    var name = name
    let start = namesStart + offset - firstName
    return name.withUTF8 { text in
      guard start + text.count < namesEnd,
        let bytes = file.bytes(at: start - origin, count: text.count + 1)
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
    guard let bytes = file.bytes(at: offset - origin, count: 12) else { return nil }
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
