/// What numbers did in one interval of time after the other.
public struct TimeSeries: Hashable, Sendable {

  /// The length of an interval in nanoseconds.
  public let interval: UInt64

  /// The intervals without a gap, the earliest first.
  public let points: [Point]

  /// Creates an instance with the given properties.
  public init(interval: UInt64, points: [Point]) {
    self.interval = interval
    self.points = points
  }

  /// An interval.
  public struct Point: Hashable, Sendable {

    /// The nanoseconds from the epoch to its start.
    public let start: UInt64

    /// The date of its start: `2026-11-21`.
    public let date: String

    /// The time of day of its start, whole seconds: `03:07:14`.
    public let time: String

    /// What the numbers in it amount to, nil if there are none.
    public let value: Value?

    /// Creates an instance with the given properties.
    public init(start: UInt64, date: String, time: String, value: Value?) {
      self.start = start
      self.date = date
      self.time = time
      self.value = value
    }

  }

  /// Returns the series with all numbers divided by `divisor`.
  func divided(by divisor: Int) -> TimeSeries {
    TimeSeries(
      interval: interval,
      points: points.map { point in
        var value = point.value
        value?.divide(by: divisor)
        return Point(start: point.start, date: point.date, time: point.time, value: value)
      })
  }

}
