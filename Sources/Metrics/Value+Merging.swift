import Output

extension Value {

  /// Returns the two values put together in the given way, nil if that cannot be.
  func merged(with other: Value, by merging: MetricForm.Merging) -> Value? {
    switch merging {
    case .none: nil
    case .sum: sum(with: other)
    case .least: number.flatMap { a in other.number.map { a <= $0 ? self : other } }
    case .greatest: number.flatMap { a in other.number.map { a >= $0 ? self : other } }
    }
  }

  /// The integer that the value is, nil if it is none.
  var number: Int128? {
    switch self {
    case .signed(let n): Int128(n)
    case .unsigned(let n): Int128(n)
    case .bool(let truth): truth ? 1 : 0
    default: nil
    }
  }

  /// Returns the sum of both, modulo 2^64 as it is where they come from; nil if they are no numbers, histograms or statistics.
  private func sum(with other: Value) -> Value? {
    switch (self, other) {
    case (.signed(let a), .signed(let b)): return .signed(a &+ b)
    case (.unsigned(let a), .unsigned(let b)): return .unsigned(a &+ b)
    case (.histogram(let a), .histogram(let b)): return .histogram(a.sum(with: b))
    case (.record(let a), .record(let b)):
      guard a.map(\.name) == b.map(\.name) else { return nil }
      return .record(
        zip(a, b).map { a, b in Field(a.name, a.value.sum(with: b.value) ?? a.value) })
    default: return nil
    }
  }

}

extension Histogram {

  /// Returns the histogram of the numbers of both, whose buckets have the same bounds.
  fileprivate func sum(with other: Histogram) -> Histogram {
    var counts: [Int128: Bucket] = [:]
    for bucket in buckets + other.buckets {
      let bound = bucket.upper ?? Int128.max
      let count = (counts[bound]?.count ?? 0) &+ bucket.count
      counts[bound] = Bucket(lower: bucket.lower, upper: bucket.upper, count: count, isRange: bucket.isRange)
    }
    // Empty buckets between those of both are of no consequence.
    return Histogram(
      counts.sorted { $0.key < $1.key }.map(\.value),
      sum: sum.flatMap { a in other.sum.map { a &+ $0 } })
  }

}
