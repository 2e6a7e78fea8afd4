/// The members of a C structure or union.
public struct StructureLayout: Hashable, Codable, Sendable {

  /// A member.
  public struct Member: Hashable, Codable, Sendable {

    /// The name.
    public let name: String

    /// The type; that of a bit field is the integer type that it is declared with.
    public let type: Type

    /// The offset in bytes; that of a bit field is that of the byte which its first bit is in.
    public let offset: Int

    /// The bits of a bit field, nil for all other members.
    public let bits: BitField?

    /// `true` iff the kernel's verifier knows what structure the member, a pointer, points to.
    public let isTracked: Bool

    /// Creates an instance with the given properties.
    public init(
      name: String, type: Type, offset: Int, bits: BitField? = nil, isTracked: Bool = false
    ) {
      self.name = name
      self.type = type
      self.offset = offset
      self.bits = bits
      self.isTracked = isTracked
    }

    /// Returns the member as it is found `distance` bytes further.
    public func advanced(by distance: Int) -> Member {
      Member(
        name: name, type: type, offset: offset + distance, bits: bits, isTracked: isTracked)
    }

  }

  /// The bits that a bit field takes.
  public struct BitField: Hashable, Codable, Sendable {

    /// The number of bits in front of the first one in the byte at the member's offset: 0 to 7.
    public let offset: Int

    /// The number of bits: 1 to 64.
    public let width: Int

    /// Creates an instance with the given properties.
    public init(offset: Int, width: Int) {
      self.offset = offset
      self.width = width
    }

    /// The number of bytes that the bits are spread over.
    public var byteCount: Int { (offset + width + 7) / 8 }

  }

  /// The number of bytes.
  public let size: Int

  /// The number of bytes that the address of a value is a multiple of.
  public let alignment: Int

  /// The members; those of anonymous members stand in their place.
  public let members: [Member]

  /// Creates an instance with the given properties.
  public init(size: Int, alignment: Int = 8, members: [Member]) {
    self.size = size
    self.alignment = alignment
    self.members = members
  }

  /// Returns the member with the given name.
  public subscript(_ name: String) -> Member? { members.first { $0.name == name } }

}

/// The constants of a C enumeration.
public struct EnumerationLayout: Hashable, Codable, Sendable {

  /// A constant.
  public struct Constant: Hashable, Codable, Sendable {

    /// The name.
    public let name: String

    /// The value; as many low bits of it count as the enumeration's type has.
    public let value: Int64

    /// Creates an instance with the given properties.
    public init(name: String, value: Int64) {
      self.name = name
      self.value = value
    }

  }

  /// The integers that represent the constants.
  public let type: IntegerType

  /// The constants in the order of their definition.
  public let constants: [Constant]

  /// Creates an instance with the given properties.
  public init(type: IntegerType, constants: [Constant]) {
    self.type = type
    self.constants = constants
  }

  /// Returns the constant with the given name.
  public subscript(_ name: String) -> Constant? { constants.first { $0.name == name } }

}

/// The members of structures and the constants of enumerations, by name: what types alone do not tell.
public struct TypeTable: Hashable, Codable, Sendable {

  /// The layouts of structures and unions.
  public var structures: [StructureName: StructureLayout] = [:]

  /// The constants of enumerations.
  public var enumerations: [String: EnumerationLayout] = [:]

  /// Creates an empty instance.
  public init() {}

  /// Returns what of the table is needed to print values of `types`.
  public func restricted(to types: [Type]) -> TypeTable {
    var result = TypeTable()
    for type in types { result.add(type, from: self) }
    return result
  }

  /// Adds what is needed to print values of `type` from `table`.
  private mutating func add(_ type: Type, from table: TypeTable) {
    switch type {
    case .structure(let structure):
      guard structures[structure.name] == nil, let layout = table.structures[structure.name] else { return }
      structures[structure.name] = layout
      for member in layout.members { add(member.type, from: table) }
    case .enumeration(let name, _): enumerations[name] = table.enumerations[name]
    case .array(let element, _): add(element, from: table)
    case .tuple(let elements): for element in elements { add(element, from: table) }
    case .record(let fields): for field in fields { add(field.type, from: table) }
    default: break
    }
  }

}
