public import Probes

/// An attach point that the kernel refused and that was left out.
public struct SkippedPoint: Hashable, Sendable {

  /// The attach point.
  public let point: AttachPoint

  /// Why it is not attached, in lower case and without a full stop.
  public let reason: String

  /// `true` iff the user asked to be warned of it.
  public let isWarnedOf: Bool

  /// Creates an instance with the given properties.
  public init(point: AttachPoint, reason: String, isWarnedOf: Bool = false) {
    self.point = point
    self.reason = reason
    self.isWarnedOf = isWarnedOf
  }

}
