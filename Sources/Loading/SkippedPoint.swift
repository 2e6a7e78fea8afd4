public import Probes

/// An attach point chosen by a wildcard that the kernel refused.
public struct SkippedPoint: Hashable, Sendable {

  /// The attach point.
  public let point: AttachPoint

  /// Why it is not attached, in lower case and without a full stop.
  public let reason: String

  /// Creates an instance with the given properties.
  public init(point: AttachPoint, reason: String) {
    self.point = point
    self.reason = reason
  }

}
