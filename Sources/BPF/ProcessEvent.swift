/// Something that a process did and that changes which code is where in its memory.
public struct ProcessEvent: Hashable, Sendable {

  /// The process, as our PID namespace numbers it.
  public let process: Int32

  /// When it happened, in nanoseconds of the boot-time clock.
  public let time: UInt64

  /// What it did.
  public let action: Action

  /// Creates an instance with the given properties.
  public init(process: Int32, time: UInt64, action: Action) {
    self.process = process
    self.time = time
    self.action = action
  }

  /// What a process can do.
  public enum Action: Hashable, Sendable {

    /// It began to run another program; what it had mapped is gone.
    case executed

    /// It mapped memory that can be executed.
    case mapped(MappedFile)

    /// It was made by the process with the given number, and begins with the same memory.
    case started(parent: Int32)

    /// It ended.
    case ended

  }

  /// A part of a file, or memory without one, and where a process has it.
  public struct MappedFile: Hashable, Sendable {

    /// The first address.
    public let start: UInt64

    /// The number of bytes.
    public let count: UInt64

    /// The place in the file of the first byte.
    public let fileOffset: UInt64

    /// The device that the file is on, as `makedev` makes it.
    public let device: UInt64

    /// The number of the file on its device, 0 if there is no file.
    public let inode: UInt64

    /// The path of the file in the process's mount namespace, or a name in brackets or behind `//`.
    public let path: [UInt8]

    /// Creates an instance with the given properties.
    public init(
      start: UInt64, count: UInt64, fileOffset: UInt64, device: UInt64, inode: UInt64, path: [UInt8]
    ) {
      self.start = start
      self.count = count
      self.fileOffset = fileOffset
      self.device = device
      self.inode = inode
      self.path = path
    }

  }

}
