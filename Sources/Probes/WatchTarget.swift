/// Memory that is watched, and for what.
public struct WatchTarget: Hashable, Codable, Sendable {

  /// What is done to memory.
  public struct Access: OptionSet, Hashable, Codable, Sendable {

    /// The bits, those of the kernel (`HW_BREAKPOINT_R` … in `include/uapi/linux/hw_breakpoint.h`).
    public let rawValue: UInt32

    /// Creates an instance with the given bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// It is read.
    public static let read = Access(rawValue: 1)

    /// It is written.
    public static let write = Access(rawValue: 2)

    /// It is executed.
    public static let execute = Access(rawValue: 4)

  }

  /// The address.
  public let address: UInt64

  /// The number of bytes.
  public let length: UInt64

  /// What makes the probe fire.
  public let access: Access

  /// The process whose memory it is, nil for the kernel's.
  public let process: Int32?

  /// Creates an instance with the given properties.
  public init(address: UInt64, length: UInt64, access: Access, process: Int32? = nil) {
    self.address = address
    self.length = length
    self.access = access
    self.process = process
  }

}
