/// A value that a program finds by means of the registers in its context.
public enum ComputedValue: Hashable, Codable, Sendable {

  /// A number that is known.
  case constant(Int64)

  /// So many bytes at an offset in the context, which are extended to the value's type.
  case part(offset: Int, size: Int)

  /// A number in the memory of the process.
  case memory(UserMemory)

  /// A value that cannot be read, for the given reason.
  case unreadable(String)

}

/// A place in the memory of a process that the registers in the context tell: a sum.
public struct UserMemory: Hashable, Codable, Sendable {

  /// A number in the context, shifted to the left.
  public struct Index: Hashable, Codable, Sendable {

    /// The offset in the context in bytes.
    public let offset: Int

    /// The number of bytes.
    public let size: Int

    /// `true` iff it can be negative.
    public let isSigned: Bool

    /// By how many bits it is shifted.
    public let shift: Int

    /// Creates an instance with the given properties.
    public init(offset: Int, size: Int, isSigned: Bool, shift: Int) {
      self.offset = offset
      self.size = size
      self.isSigned = isSigned
      self.shift = shift
    }

  }

  /// The offsets in the context of the addresses that are added, in bytes.
  public let bases: [Int]

  /// What else is added.
  public let index: Index?

  /// A number that is added.
  public let displacement: Int64

  /// Creates an instance with the given properties.
  public init(bases: [Int], index: Index? = nil, displacement: Int64) {
    self.bases = bases
    self.index = index
    self.displacement = displacement
  }

}
