/// How `tseries` keeps numbers: a slot for each interval of time, the slots used in turns.
///
/// A slot has three words: the number of the interval plus 1, or 0 as long as it is not used; what the numbers in the
/// interval amount to; and the time of the last one, or for averages how many there were.
public struct TimeSeriesLayout: Hashable, Codable, Sendable {

  /// The number of words of a slot.
  public static let wordsPerSlot = 3

  /// What the numbers in an interval amount to.
  public enum Function: String, Hashable, Codable, Sendable, CaseIterable {

    /// The last one.
    case last

    /// Their sum.
    case sum

    /// Their average.
    case average = "avg"

    /// The least.
    case minimum = "min"

    /// The greatest.
    case maximum = "max"

  }

  /// The length of an interval in nanoseconds, greater than 0; intervals are counted from the epoch of the time of day.
  public let interval: UInt64

  /// The number of slots.
  public let slotCount: Int

  /// What the numbers in an interval amount to.
  public let function: Function

  /// `true` iff the numbers can be negative.
  public var isSigned: Bool

  /// Creates an instance with the given properties.
  public init(interval: UInt64, slotCount: Int, function: Function, isSigned: Bool) {
    self.interval = interval
    self.slotCount = slotCount
    self.function = function
    self.isSigned = isSigned
  }

}
