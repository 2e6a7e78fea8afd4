public import Kernel

/// A place in a program or a library.
public struct UserCodeTarget: Hashable, Codable, Sendable {

  /// The program or library.
  public let binary: TargetBinary

  /// The place in the file.
  public let offset: UInt64

  /// The place in the file of the counter that says how many look at the probe; 0 if it has none.
  public let semaphoreOffset: UInt64

  /// The process that alone is probed, nil for all.
  public let process: Int32?

  /// `true` iff the probe fires when the function returns.
  public let isReturn: Bool

  /// `true` iff the place is the start of a function.
  public let isEntry: Bool

  /// Creates an instance with the given properties.
  public init(
    binary: TargetBinary, offset: UInt64, semaphoreOffset: UInt64 = 0, process: Int32? = nil,
    isReturn: Bool = false, isEntry: Bool = false
  ) {
    self.binary = binary
    self.offset = offset
    self.semaphoreOffset = semaphoreOffset
    self.process = process
    self.isReturn = isReturn
    self.isEntry = isEntry
  }

}
