import Output
import Types

/// The bounds of the buckets of `hist` or `lhist` as metrics have them: the greatest number in each.
struct HistogramBounds: Hashable, Sendable {

  /// How numbers are gathered.
  private let aggregation: Aggregation

  /// Creates the bounds of what `aggregation`, a histogram, gathers.
  init(of aggregation: Aggregation) { self.aggregation = aggregation }

  /// `true` iff some bound is negative whatever the numbers are, so that the histogram never has a sum: that can go down.
  var areNegative: Bool {
    if case .linearHistogram(let minimum, _, _) = aggregation { minimum < 0 } else { false }
  }

  /// Returns the greatest numbers of the buckets in ascending order, up to that of the bucket with `highest` in it; that of the
  /// first is negative where it is for all negative numbers.
  func upperBounds(upTo highest: Int128) -> [Int128] {
    var result: [Int128] = []
    for index in 0..<aggregation.wordCount {
      guard let bound = upperBound(of: index) else { break }
      result.append(bound)
      if bound >= highest { break }
    }
    return result
  }

  /// Returns the greatest number of the bucket at `index`, nil if there is none, as in the last one of `lhist`.
  private func upperBound(of index: Int) -> Int128? {
    switch aggregation {
    case .histogram(let bits):
      let buckets = HistogramBuckets(bits: bits)
      guard index < buckets.count else { return nil }
      if index == 0 { return -1 }
      return index + 1 < buckets.count ? Int128(buckets.lowerBound(of: index + 1)) - 1 : Int128(1) << 64 - 1
    case .linearHistogram(let minimum, let maximum, let step):
      if index == 0 { return Int128(minimum) - 1 }
      let bound = Int128(minimum) + Int128(index) * Int128(step)
      let last = (Int128(maximum) - Int128(minimum) + Int128(step) - 1) / Int128(max(1, step))
      return Int128(index) > last ? nil : min(bound, Int128(maximum)) - 1
    default: return nil
    }
  }

}
