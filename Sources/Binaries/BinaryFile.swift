import Glibc

/// A program or a library: an ELF file of the byte order of this machine; see elf(5).
///
/// What it says is not believed: whatever leads out of the file counts as not there.
public final class BinaryFile {

  /// A part of the file that is in memory when it runs.
  public struct Segment: Hashable, Sendable {

    /// The kind (`p_type`): 1 is loaded into memory.
    public let kind: UInt32

    /// `true` iff it has code.
    public let isExecutable: Bool

    /// `true` iff it can be written to.
    public let isWritable: Bool

    /// Where it begins in the file.
    public let offset: UInt64

    /// Where it begins in memory, relative to where the file is loaded.
    public let address: UInt64

    /// The number of bytes in the file.
    public let fileSize: UInt64

    /// The number of bytes in memory.
    public let memorySize: UInt64

  }

  /// A part of the file with a name.
  public struct Section: Hashable, Sendable {

    /// The name.
    public let name: String

    /// The kind (`sh_type`).
    public let kind: UInt32

    /// The flags (`sh_flags`).
    public let flags: UInt64

    /// Where it is in memory; 0 if it is not.
    public let address: UInt64

    /// Where it begins in the file.
    public let offset: UInt64

    /// The number of bytes.
    public let size: UInt64

    /// The index of the section that it refers to.
    public let link: Int

    /// The size of an element of a table.
    public let entrySize: UInt64

    /// `true` iff it has code.
    public var isExecutable: Bool { flags & 4 != 0 }

  }

  /// The path that it was opened by.
  public let path: String

  /// The file.
  let file: FileBytes

  /// `true` iff addresses have 64 bits, else 32.
  public let is64Bit: Bool

  /// What machine the code is for (`e_machine`).
  public let machine: Machine

  /// `true` iff it is loaded wherever there is room (`ET_DYN`): libraries and most programs.
  public let isRelocatable: Bool

  /// The parts that are in memory, in order.
  public let segments: [Segment]

  /// The named parts, by index; none in files that were stripped of them.
  public let sections: [Section]

  /// The symbols for the linker, once read.
  public private(set) lazy var symbols = SymbolTable(of: self, kind: .full)

  /// The symbols for the loader, once read.
  public private(set) lazy var dynamicSymbols = SymbolTable(of: self, kind: .dynamic)

  /// Creates an instance that owns the open file with the given number, which was opened by the name `path`.
  public init(owning descriptor: Int32, openedAt path: String) throws(BinaryFault) {
    self.path = path
    file = try FileBytes(owning: descriptor)
    guard let start = file.bytes(at: 0, count: min(64, file.count)), start.count >= 20,
      start.starts(with: [0x7f, 0x45, 0x4c, 0x46]), start[4] == 1 || start[4] == 2
    else { throw .notELF }
    guard start[5] == 1 else { throw .wrongByteOrder }
    is64Bit = start[4] == 2
    machine = Machine(rawValue: start.number(at: 18) ?? 0)
    switch start.number(UInt16.self, at: 16) {
    case 2: isRelocatable = false
    case 3: isRelocatable = true
    default: throw .notLoadable
    }
    guard let header = ELFHeader(start, is64Bit: is64Bit) else { throw .malformed }
    sections = Self.sections(header, in: file, is64Bit: is64Bit)
    segments = Self.segments(header, in: file, is64Bit: is64Bit)
    if segments.isEmpty { throw .malformed }
  }

  /// What tells the file from others.
  public var identity: FileIdentity { file.identity }

  /// Returns the first section called `name`, nil if there is none.
  public func section(named name: String) -> Section? { sections.first { $0.name == name } }

  /// Returns what is in `section`, nil if nothing is or it cannot be read.
  public func contents(of section: Section) -> [UInt8]? {
    // SHT_NOBITS takes no room in the file.
    section.kind == 8 ? nil : file.bytes(at: section.offset, count: section.size)
  }

  /// Returns `count` bytes from `offset` in the file on, nil if there are not so many or they cannot be read.
  public func bytes(atOffset offset: UInt64, count: Int) -> [UInt8]? {
    count < 0 ? nil : file.bytes(at: offset, count: UInt64(count))
  }

}
