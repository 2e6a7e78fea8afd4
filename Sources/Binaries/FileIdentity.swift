/// What tells one file from another, whatever names it has.
public struct FileIdentity: Hashable, Sendable {

  /// The device that the file is on.
  public let device: UInt64

  /// The number of the file on the device.
  public let inode: UInt64

  /// Creates an instance with the given properties.
  public init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

}
