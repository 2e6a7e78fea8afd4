import LLVM
import Types

/// How values look to those who read maps from outside, with the help of the type information in the object.
extension DebugType {

  /// One byte of something.
  static let byte = DebugType.integer(name: "uint8", size: 1, isSigned: false)

  /// An unsigned word.
  static let word = DebugType.integer(name: "uint64", size: 8, isSigned: false)

  /// An index of an array.
  static let index = DebugType.integer(name: "uint32", size: 4, isSigned: false)

  /// A stack in variables and maps, the key of the table of stacks, as `StackStorage` says.
  static let stack = DebugType.structure(
    name: "stack", size: StackStorage.keySize,
    members: [
      Member("hash", at: 0, word),
      Member("frames", at: 8, .integer(name: "uint16", size: 2, isSigned: false)),
      Member("more_hash", at: 10, .array(.integer(name: "uint16", size: 2, isSigned: false), count: 3)),
    ])

  /// Returns the type of an element of the table of stacks, whose frames take at most `frameBytes` bytes.
  static func recordedStack(frameBytes: Int) -> DebugType {
    .structure(
      name: "recorded_stack", size: StackStorage.headerSize + frameBytes,
      members: [
        Member("first_seen", at: 0, word), Member("pid", at: StackStorage.processOffset, index),
        Member("frames", at: StackStorage.headerSize, .array(.pointer, count: frameBytes / 8)),
      ])
  }

  /// Creates the type of an integer.
  init(_ type: IntegerType) {
    self = .integer(
      name: "\(type.isSigned ? "int" : "uint")\(type.width)", size: type.width / 8, isSigned: type.isSigned)
  }

  /// Creates the type of values of `type`, whose structures, enumerations and probes are those of `manifest`.
  init(_ type: Type, in manifest: Manifest) {
    switch type {
    case .none: preconditionFailure("a value without a type")
    case .bool: self = .bool
    case .integer(let integer): self = DebugType(integer)
    case .string: self = .array(.character, count: type.size)
    case .buffer(let capacity):
      self = .structure(
        name: "buffer", size: type.size,
        members: [Member("length", at: 0, .index), Member("bytes", at: 4, .array(.byte, count: capacity))])
    case .pointer, .kernelSymbol: self = .pointer
    case .array(let element, let count):
      // Rows of characters are text.
      let isText = element == .integer(IntegerType(width: 8, isSigned: true))
      self = .array(isText ? .character : DebugType(element, in: manifest), count: count)
    case .structure(let structure):
      let members = manifest.types.structures[structure.name]?.members ?? []
      self = .structure(
        name: structure.name.tag.asIdentifier, size: type.size,
        members: members.filter { $0.bits == nil }.sorted { $0.offset < $1.offset }.map {
          Member($0.name.asIdentifier, at: $0.offset, DebugType($0.type, in: manifest))
        })
    case .enumeration(let name, let integer):
      guard let layout = manifest.types.enumerations[name], integer.width <= 32, !name.isEmpty else {
        self = DebugType(integer)
        return
      }
      self = .enumeration(
        name: name.asIdentifier, size: type.size, isSigned: integer.isSigned,
        constants: layout.constants.map { Constant($0.name, $0.value) })
    case .tuple(let elements):
      let names = elements.indices.map { "_\($0)" }
      self = DebugType(partsOf: zip(names, elements).map { ($0, $1) }, named: "tuple", in: manifest)
    case .record(let fields):
      self = DebugType(partsOf: fields.map { ($0.name, $0.type) }, named: "record", in: manifest)
    case .probeName: self = DebugType(names: manifest.probes.map(\.name), called: "probe")
    case .functionName: self = DebugType(names: manifest.probes.map(\.function), called: "func")
    case .timestamp, .cgroupPath: self = .word
    case .username, .processName, .loadAverage: self = .index
    case .userSymbol:
      self = .structure(
        name: "usym", size: type.size,
        members: [Member("address", at: 0, .pointer), Member("pid", at: 8, .word)])
    case .kernelStack, .userStack: self = .stack
    case .inet:
      self = .structure(
        name: "inet", size: type.size,
        members: [Member("family", at: 0, .index), Member("address", at: 4, .array(.byte, count: 16))])
    case .macAddress: self = .array(.byte, count: type.size)
    }
  }

  /// Creates the type, called `name`, of values with the given names and types, laid out one after the other.
  init(partsOf parts: [(name: String, type: Type)], named name: String, in manifest: Manifest) {
    let layout = StructLayout(of: parts.map(\.type))
    self = .structure(
      name: name, size: layout.size,
      members: zip(parts, layout.offsets).map {
        Member($0.name.asIdentifier, at: $1, DebugType($0.type, in: manifest))
      })
  }

  /// The number of names from which on indices of names are mere numbers: nobody reads so long a list.
  private static let greatestNameCount = 4096

  /// Creates the type of indices into `names`.
  private init(names: [String], called name: String) {
    guard names.count <= DebugType.greatestNameCount else {
      self = .index
      return
    }
    self = .enumeration(
      name: name, size: 4, isSigned: false,
      constants: names.enumerated().map { Constant($1.asIdentifier, Int64($0)) })
  }

}

extension String {

  /// The text with `_` in place of what names in C cannot have, and cut to what the kernel takes of a name.
  fileprivate var asIdentifier: String {
    let bytes = utf8.prefix(120).map { byte in
      let isLetterOrDigit =
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: false
        }
      return isLetterOrDigit ? byte : UInt8(ascii: "_")
    }
    let startsWithDigit = bytes.first.map { $0 <= UInt8(ascii: "9") } ?? true
    return (startsWithDigit ? "_" : "") + String(decoding: bytes, as: UTF8.self)
  }

}
