/// A place that the programmers of a program or library marked (USDT: user statically defined tracing).
public struct StaticProbe: Hashable, Sendable {

  /// The namespace, usually the name of the program or library.
  public let namespace: String

  /// The name.
  public let name: String

  /// The address, relative to where the file is loaded.
  public let address: UInt64

  /// The place in the file.
  public let offset: UInt64

  /// The place in the file of the counter that says how many look at the probe; 0 if it has none.
  public let semaphoreOffset: UInt64

  /// Where the arguments are, as the assembler writes operands: `-4@%eax 8@-16(%rbp)`.
  public let arguments: String

  /// Creates an instance with the given properties.
  public init(
    namespace: String, name: String, address: UInt64, offset: UInt64, semaphoreOffset: UInt64 = 0,
    arguments: String
  ) {
    self.namespace = namespace
    self.name = name
    self.address = address
    self.offset = offset
    self.semaphoreOffset = semaphoreOffset
    self.arguments = arguments
  }

}
