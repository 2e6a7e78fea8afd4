/// A type as type information tells it.
public indirect enum DebugType: Hashable, Sendable {

  /// A member of a structure.
  public struct Member: Hashable, Sendable {

    /// The name.
    public let name: String

    /// The offset in bytes.
    public let offset: Int

    /// The type.
    public let type: DebugType

    /// Creates an instance with the given properties.
    public init(_ name: String, at offset: Int, _ type: DebugType) {
      self.name = name
      self.offset = offset
      self.type = type
    }

  }

  /// A constant of an enumeration.
  public struct Constant: Hashable, Sendable {

    /// The name.
    public let name: String

    /// The value.
    public let value: Int64

    /// Creates an instance with the given properties.
    public init(_ name: String, _ value: Int64) {
      self.name = name
      self.value = value
    }

  }

  /// An integer of `size` bytes.
  case integer(name: String, size: Int, isSigned: Bool)

  /// A truth value of one byte.
  case bool

  /// A character of text, one byte.
  case character

  /// An address, 8 bytes.
  case pointer

  /// `count` values in a row.
  case array(DebugType, count: Int)

  /// Members at ascending offsets; there may be bytes between them that are not told of.
  case structure(name: String, size: Int, members: [Member])

  /// Integers with names.
  case enumeration(name: String, size: Int, isSigned: Bool, constants: [Constant])

  /// The number of bytes.
  public var size: Int {
    switch self {
    case .integer(_, let size, _), .structure(_, let size, _), .enumeration(_, let size, _, _): size
    case .bool, .character: 1
    case .pointer: 8
    case .array(let element, let count): element.size * count
    }
  }

}
