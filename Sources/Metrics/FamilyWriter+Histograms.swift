import Output

/// The labels `le` of the buckets of histograms.
struct BucketLabels {

  /// The greatest numbers of the buckets and their labels, in ascending order.
  let buckets: [(bound: Int128, label: [UInt8])]

  /// The label of all numbers.
  let all: [UInt8] = Array("le=\"+Inf\"".utf8)

  /// `true` iff the first bucket, of all negative numbers, is shown only where there are some.
  let hidesNegativeNumbers: Bool

  /// `true` iff some bound is negative whatever the numbers are.
  let areNegative: Bool

  /// Creates the labels of buckets with the given bounds up to that with `highest` in it.
  init(_ bounds: HistogramBounds, upTo highest: Int128, in format: ExpositionFormat) {
    var buckets: [(bound: Int128, label: [UInt8])] = []
    for bound in bounds.upperBounds(upTo: highest) {
      let label = Array("le=\"\(CanonicalNumber(bound).text(in: format))\"".utf8)
      // Great numbers that differ little are the same in floating point.
      if buckets.last?.label == label { buckets.removeLast() }
      buckets.append((bound, label))
    }
    self.buckets = buckets
    self.areNegative = bounds.areNegative
    self.hidesNegativeNumbers = !bounds.areNegative && (buckets.first.map { $0.bound < 0 } ?? false)
  }

}

extension FamilyWriter {

  /// Writes the samples of `histogram`, which has `labels`.
  ///
  /// With negative bounds there is no sum, which could go down, and without that no count (OpenMetrics, "Histogram"). The older
  /// format wants the count always and allows any sum.
  mutating func write(_ histogram: Histogram, _ labels: ArraySlice<UInt8>, in known: BucketLabels) {
    var total: UInt64 = 0
    var index = 0
    var hasNegativeBound = known.areNegative
    for (place, bucket) in known.buckets.enumerated() {
      while index < histogram.buckets.count, let upper = histogram.buckets[index].upper,
        upper - 1 <= bucket.bound
      {
        total &+= histogram.buckets[index].count
        index += 1
      }
      if place == 0, known.hidesNegativeNumbers {
        if total == 0 { continue }
        hasNegativeBound = true
      }
      sample("_bucket", labels, and: bucket.label, Int128(total))
    }
    sample("_bucket", labels, and: known.all, Int128(histogram.total))
    let sum = histogram.sum
    switch format {
    case .openMetrics:
      guard let sum, !hasNegativeBound else { return }
      sample("_count", labels, Int128(histogram.total))
      sample("_sum", labels, Int128(sum))
    case .prometheusText:
      sample("_count", labels, Int128(histogram.total))
      if let sum { sample("_sum", labels, Int128(sum)) }
    }
  }

}

extension SeriesTable {

  /// The greatest of the numbers up to which buckets of histograms that are not empty reach, nil if there are none that have one.
  var highestBound: Int128? {
    series.compactMap { series in
      guard case .histogram(let histogram) = series.value else { return nil }
      return histogram.buckets.last { $0.count > 0 && $0.upper != nil }?.upper.map { $0 - 1 }
    }.max()
  }

}
