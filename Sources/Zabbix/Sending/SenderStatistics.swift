/// What became of the values for a server.
public struct SenderStatistics: Hashable, Sendable {

  /// The number of values that wait.
  public var queuedCount = 0

  /// The number of values that there is room for.
  public var queueLimit = 0

  /// The number of values that the server took.
  public var deliveredCount: UInt64 = 0

  /// The number of values that the server did not want.
  public var refusedCount: UInt64 = 0

  /// The number of values that there was no room for.
  public var droppedCount: UInt64 = 0

  /// The number of values that were left at the end.
  public var unsentCount: UInt64 = 0

  /// The number of requests that the server answered.
  public var requestCount: UInt64 = 0

  /// The number of requests that came to nothing.
  public var failureCount: UInt64 = 0

  /// Creates an instance for a server that nothing was sent to.
  public init() {}

}
