public import NIOCore

/// What clients may ask of a server.
public struct ServerLimits: Hashable, Sendable {

  /// The connections at a time; where more come, the one that matters least gives way.
  public var connections = 100

  /// The bytes of the head of a request: its first line and its fields.
  public var headBytes = 16 * 1024

  /// The bytes of the path and the query in the head.
  public var targetBytes = 8 * 1024

  /// The time for the head of a request, on a new connection that for TLS included.
  public var headTime: TimeAmount = .seconds(10)

  /// The time that a connection may stay without a request.
  public var idleTime: TimeAmount = .seconds(60)

  /// The time in which a client must have read some more of a page.
  public var stallTime: TimeAmount = .seconds(10)

  /// The time in which a client must have read all of a page.
  public var responseTime: TimeAmount = .seconds(60)

  /// How long a client may read nothing of a page when others need its place or the memory for theirs.
  public var graceTime: TimeAmount = .milliseconds(250)

  /// How long is waited for a client to read the last response and to close its end.
  public var closingTime: TimeAmount = .seconds(2)

  /// The pages that are made at the same time.
  public var pagesAtOnce = 2

  /// The requests that wait for their page at a time; others are told to come later.
  public var waitingRequests = 64

  /// The bytes of pages that clients have not read yet.
  public var unreadBytes = 64 << 20

  /// The passwords that wait to be checked at a time; clients with others are told to come later.
  public var waitingPasswords = 16

  /// Creates the limits of a server for monitoring.
  public init() {}

}
