/// The type of a value in a script.
public indirect enum Type: Hashable, Codable, Sendable {

  /// The type of an expression that has no value, such as a call to `exit`.
  case none

  /// `true` or `false`.
  case bool

  /// An integer.
  case integer(IntegerType)

  /// Text of less than `capacity` bytes, ended by a zero byte: `string[capacity]`.
  case string(capacity: Int)

  /// Up to `capacity` bytes behind their count, an unsigned 32-bit integer: `buffer[capacity]`.
  case buffer(capacity: Int)

  /// The address of a value.
  case pointer(to: Type, AddressSpace)

  /// `count` values in a row.
  case array(of: Type, count: Int)

  /// A C structure or union: `struct sock`.
  case structure(StructureType)

  /// A C enumeration and the integers that represent it.
  case enumeration(name: String, IntegerType)

  /// A tuple, laid out like a C structure.
  case tuple([Type])

  /// A record: a tuple with names.
  case record([RecordField])

  /// The full name of the probe that ran (`kprobe:tcp_ack`), as an index into the probe table.
  case probeName

  /// The function that the probe is in, as an index into the probe table.
  case functionName

  /// A moment, in nanoseconds of a clock, with the format to print it by, which `strftime` understands.
  ///
  /// A moment of which nothing tells the clock is one of `Clock.boot`.
  case timestamp(format: String, clock: Clock?)

  /// The address of a kernel symbol.
  case kernelSymbol

  /// The address of a symbol in a process, and the process.
  case userSymbol

  /// A stack of the kernel, as it was recorded, and how it is printed.
  case kernelStack(StackMode)

  /// A stack of a process, as it was recorded, and how it is printed.
  case userStack(StackMode)

  /// An IPv4 or IPv6 address.
  case inet

  /// An Ethernet address.
  case macAddress

  /// A control group, by its number.
  case cgroupPath

  /// A user, by its number.
  case username

  /// The name of a process, by its number.
  case processName

  /// The load of the machine at the time it is printed.
  case loadAverage

}

/// The width and the signedness of an integer.
///
/// The clock of a moment, and the memory that an address is one in, go along without making another type of it: moments and
/// addresses are computed with and printed as any number is.
public struct IntegerType: Hashable, Codable, Sendable {

  /// The number of bits: 8, 16, 32 or 64.
  public let width: Int

  /// `true` iff the integer can be negative.
  public let isSigned: Bool

  /// The clock that the number is a moment of, nil if nothing tells that it is one.
  public var clock: Clock?

  /// The memory that the number is an address in, nil if nothing tells that it is one.
  public var addressSpace: AddressSpace?

  /// Creates an instance with the given properties.
  ///
  /// - Requires: `width` is 8, 16, 32 or 64.
  public init(width: Int, isSigned: Bool, clock: Clock? = nil, addressSpace: AddressSpace? = nil) {
    self.addressSpace = addressSpace
    precondition([8, 16, 32, 64].contains(width), "no such integer")
    self.width = width
    self.isSigned = isSigned
    self.clock = clock
  }

  /// Reads an integer type as it was stored, which must be one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    width = try container.decode(Int.self, forKey: .width)
    isSigned = try container.decode(Bool.self, forKey: .isSigned)
    clock = try container.decodeIfPresent(Clock.self, forKey: .clock)
    addressSpace = try container.decodeIfPresent(AddressSpace.self, forKey: .addressSpace)
    guard [8, 16, 32, 64].contains(width) else {
      throw DecodingError.dataCorruptedError(
        forKey: .width, in: container, debugDescription: "there is no such integer")
    }
  }

  /// Returns `true` iff the two types have the same width and signedness.
  public static func == (a: IntegerType, b: IntegerType) -> Bool {
    a.width == b.width && a.isSigned == b.isSigned
  }

  /// Feeds the width and the signedness to `hasher`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(width)
    hasher.combine(isSigned)
  }

  /// `int64`.
  public static let int64 = IntegerType(width: 64, isSigned: true)

  /// `uint64`.
  public static let uint64 = IntegerType(width: 64, isSigned: false)

  /// `int32`.
  public static let int32 = IntegerType(width: 32, isSigned: true)

  /// `uint32`.
  public static let uint32 = IntegerType(width: 32, isSigned: false)

}

/// The memory that an address is in.
public enum AddressSpace: String, Hashable, Codable, Sendable {

  /// The kernel's memory, read with `bpf_probe_read_kernel`.
  case kernel

  /// The memory of the current process, read with `bpf_probe_read_user`.
  case user

  /// Kernel memory whose type the verifier knows, read by plain loads.
  case typedKernel

  /// The context of the program.
  case context

}

/// The name of a C structure or union.
public struct StructureName: Hashable, Codable, Sendable {

  /// `struct` or `union`.
  public enum Keyword: String, Hashable, Codable, Sendable { case `struct`, union }

  /// `struct` or `union`.
  public let keyword: Keyword

  /// The tag.
  public let tag: String

  /// Creates an instance with the given properties.
  public init(_ keyword: Keyword, _ tag: String) {
    self.keyword = keyword
    self.tag = tag
  }

}

/// A C structure or union as the type of a value; a table of layouts tells its members.
///
/// A script has one structure of each name, so that types are equal iff their names are: a pointer may be made before
/// the size of what it points to is known.
public struct StructureType: Hashable, Codable, Sendable {

  /// The name.
  public let name: StructureName

  /// The number of bytes; nil if only the name is known, which is enough for what a pointer points to.
  public let size: Int?

  /// The number of bytes that the address of a value is a multiple of.
  public let alignment: Int

  /// Creates an instance with the given properties.
  public init(_ name: StructureName, size: Int? = nil, alignment: Int = 1) {
    self.name = name
    self.size = size
    self.alignment = alignment
  }

  /// Returns `true` iff the two types have the same name.
  public static func == (a: StructureType, b: StructureType) -> Bool { a.name == b.name }

  /// Feeds the name to `hasher`.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

}

/// A named element of a record.
public struct RecordField: Hashable, Codable, Sendable {

  /// The name.
  public let name: String

  /// The type.
  public let type: Type

  /// Creates an instance with the given properties.
  public init(_ name: String, _ type: Type) {
    self.name = name
    self.type = type
  }

}

extension Type {

  /// `int64`.
  public static let int64 = Type.integer(.int64)

  /// `uint64`.
  public static let uint64 = Type.integer(.uint64)

  /// `int32`.
  public static let int32 = Type.integer(.int32)

  /// `uint32`.
  public static let uint32 = Type.integer(.uint32)

  /// The representation as an integer iff arithmetic applies: integers, booleans, enumerations, pointers.
  public var asInteger: IntegerType? {
    switch self {
    case .integer(let type): type
    case .enumeration(_, let type): type
    case .bool: IntegerType(width: 8, isSigned: false)
    case .pointer: .uint64
    default: nil
    }
  }

  /// The clock that an integer is a moment of; integers proper can be given one.
  public var clock: Clock? {
    get { if case .integer(let type) = self { type.clock } else { nil } }
    set {
      guard case .integer(var type) = self else { return }
      type.clock = newValue
      self = .integer(type)
    }
  }

  /// The memory that an integer is an address in; integers proper can be given one.
  public var addressSpace: AddressSpace? {
    get { if case .integer(let type) = self { type.addressSpace } else { nil } }
    set {
      guard case .integer(var type) = self else { return }
      type.addressSpace = newValue
      self = .integer(type)
    }
  }

  /// `true` iff the value is an integer proper, of whatever width.
  public var isInteger: Bool { if case .integer = self { true } else { false } }

  /// `true` iff the value is text, of whatever capacity.
  public var isString: Bool { if case .string = self { true } else { false } }

  /// `true` iff the value is a stack, of the kernel or of a process.
  public var isStack: Bool {
    switch self {
    case .kernelStack, .userStack: true
    default: false
    }
  }

  /// `true` iff values are held in one register; all others live in memory.
  public var isScalar: Bool {
    switch self {
    case .bool, .integer, .pointer, .enumeration, .probeName, .functionName, .timestamp,
      .kernelSymbol, .cgroupPath, .username, .processName,
      .loadAverage:
      true
    default: false
    }
  }

  /// `true` iff values are indices of names: of probes or of functions.
  public var isNameIndex: Bool { self == .probeName || self == .functionName }

}
