/// The buckets of `hist` or `lhist`, from the first that is not empty to the last.
public struct Histogram: Hashable, Sendable {

  /// The buckets in ascending order.
  public let buckets: [Bucket]

  /// The exact sum of the numbers modulo 2^64, nil if some of them are negative, or if it is not known.
  ///
  /// It only grows as numbers are added, and it is not printed.
  public let sum: UInt64?

  /// Creates an instance with `buckets` but the empty ones in front and at the end, and the given sum.
  public init(_ buckets: [Bucket], sum: UInt64? = nil) {
    guard let first = buckets.firstIndex(where: { $0.count != 0 }),
      let last = buckets.lastIndex(where: { $0.count != 0 })
    else {
      self.init(unchecked: [], sum: sum)
      return
    }
    self.init(unchecked: Array(buckets[first...last]), sum: sum)
  }

  /// The number of numbers in all buckets.
  public let total: UInt64

  /// The numbers from a lower to an upper bound.
  public struct Bucket: Hashable, Sendable {

    /// The least number, nil if there is none.
    public let lower: Int128?

    /// One more than the greatest number, nil if there is none.
    public let upper: Int128?

    /// The number of numbers in the bucket.
    public let count: UInt64

    /// `true` iff both bounds are shown even where one number only is between them.
    public let isRange: Bool

    /// Creates an instance with the given properties.
    public init(lower: Int128?, upper: Int128?, count: UInt64, isRange: Bool = false) {
      self.lower = lower
      self.upper = upper
      self.count = count
      self.isRange = isRange
    }

  }

  /// Returns the histogram with all counts and the sum divided by `divisor`, in the same buckets.
  func divided(by divisor: UInt64) -> Histogram {
    Histogram(
      unchecked: buckets.map {
        Bucket(
          lower: $0.lower, upper: $0.upper, count: divisor == 0 ? $0.count : $0.count / divisor,
          isRange: $0.isRange)
      }, sum: sum.map { divisor == 0 ? $0 : $0 / divisor })
  }

  /// Creates an instance with the given buckets, empty ones at the ends included, and the given sum.
  private init(unchecked buckets: [Bucket], sum: UInt64?) {
    self.buckets = buckets
    self.sum = sum
    self.total = buckets.reduce(0) { $0 &+ $1.count }
  }

}
