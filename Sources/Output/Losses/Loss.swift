/// Something that was not seen or not kept, and how often that was.
public struct Loss: Hashable, Sendable {

  /// What was lost, and where.
  public enum Cause: Hashable, Sendable {

    /// Events of `probe` that did not fit into the ring buffer.
    case events(probe: String)

    /// Packets that were not written to their file.
    case packets

    /// Records that could not be decoded, which is a fault of ours.
    case undecodableEvents

    /// New keys that a map with room for `capacity` keys had no room for.
    case refusedUpdates(map: String, capacity: Int)

    /// New keys that a map which someone else made had no room for.
    case refusedForeignUpdates(map: String, capacity: Int)

    /// Stacks that a table with room for `capacity` stacks could not keep.
    case stacks(capacity: Int)

    /// Times that the kernel took no samples for `probe`, more than it allows, until the next tick.
    case throttledSamples(probe: String)

    /// Runs of `probe` that did not take place.
    case missedRuns(probe: String, reason: MissReason)

    /// Values that were printed and that `receiver`, someone outside of the process, did not get.
    case undeliveredValues(receiver: String, reason: UndeliveredReason)

  }

  /// What was lost.
  public let cause: Cause

  /// How much of that has not been reported before.
  public let count: UInt64

  /// How much that is in all.
  public let total: UInt64

  /// `true` iff nothing more is going to be lost.
  public let isFinal: Bool

  /// Creates an instance with the given properties; all is new unless `total` says otherwise.
  public init(_ cause: Cause, count: UInt64, total: UInt64? = nil, isFinal: Bool = true) {
    self.cause = cause
    self.count = count
    self.total = total ?? count
    self.isFinal = isFinal
  }

}

/// Why a program was not run.
public enum MissReason: String, Hashable, Sendable {

  /// The kernel runs no program of the kind on a CPU that is running one.
  case nested

  /// The kernel was not ready for the call: more calls were under way than it watches at once, or it came from within the
  /// handling of another probe.
  case unhandled

  /// The run that it interrupted was using its memory.
  case memory

  /// A timer was due again before its last run had begun.
  case late

}

/// Why someone outside of the process did not get a value.
public enum UndeliveredReason: Hashable, Sendable {

  /// There was no room for more than `capacity` values while the receiver did not take any.
  case queueFull(capacity: Int)

  /// The receiver did not want it.
  case refused

  /// The receiver did not take any when tracing ended.
  case unsent

  /// The reason in one word.
  public var word: String {
    switch self {
    case .queueFull: "queue_full"
    case .refused: "refused"
    case .unsent: "unsent"
    }
  }

}
