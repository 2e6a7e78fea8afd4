import Output
import Types

extension Aggregation {

  /// Returns the numbers of all CPUs put together, nil if there are none.
  ///
  /// Each element of `rows` holds the words of one CPU; rows that are too short do not count.
  func value(of rows: [RawBytes]) -> Value? {
    switch self {
    case .count: .unsigned(sum(of: 0, in: rows))
    case .sum(let isSigned): number(sum(of: 0, in: rows), isSigned)
    case .minimum(let isSigned):
      extreme(of: rows, isSigned) { isSigned ? $0 < $1 : $0.magnitudeBits < $1.magnitudeBits }
    case .maximum(let isSigned):
      extreme(of: rows, isSigned) { isSigned ? $0 > $1 : $0.magnitudeBits > $1.magnitudeBits }
    case .average(let isSigned): average(of: rows, isSigned)
    case .stats(let isSigned):
      .stats(
        count: sum(of: 1, in: rows), average: average(of: rows, isSigned),
        total: number(sum(of: 0, in: rows), isSigned))
    case .histogram(let bits): .histogram(histogram(of: rows, in: HistogramBuckets(bits: bits)))
    case .timeSeries(let layout): .timeSeries(layout.series(of: rows))
    case .linearHistogram(let minimum, let maximum, let step):
      .histogram(linearHistogram(of: rows, from: minimum, to: maximum, step: step))
    }
  }

  /// The value of an element that nothing was given to.
  var emptyValue: Value {
    switch self {
    case .minimum(let isSigned), .maximum(let isSigned): number(0, isSigned)
    default: value(of: []) ?? .unsigned(0)
    }
  }

  /// What decides the type of a map of such values in JSON.
  var kind: MapContents.Kind {
    switch self {
    case .count, .sum, .minimum, .maximum: .plain
    case .average, .stats: .stats
    case .histogram, .linearHistogram: .histogram
    case .timeSeries: .timeSeries
    }
  }

  /// Returns the sum of the words with the given index.
  private func sum(of word: Int, in rows: [RawBytes]) -> UInt64 {
    rows.reduce(0) { $0 &+ ($1.load(word * 8, as: UInt64.self) ?? 0) }
  }

  /// Returns the number with the given bits.
  private func number(_ bits: UInt64, _ isSigned: Bool) -> Value {
    isSigned ? .signed(Int64(bitPattern: bits)) : .unsigned(bits)
  }

  /// Returns the number of all rows that have one that `precedes` all others.
  private func extreme(of rows: [RawBytes], _ isSigned: Bool, _ precedes: (Int64, Int64) -> Bool) -> Value? {
    var result: Int64? = nil
    for row in rows {
      guard let number = row.load(0, as: Int64.self), let isSet = row.load(8, as: UInt64.self), isSet != 0
      else {
        continue
      }
      if result.map({ precedes(number, $0) }) ?? true { result = number }
    }
    return result.map { number(UInt64(bitPattern: $0), isSigned) }
  }

  /// Returns the average of all numbers, 0 if there are none.
  private func average(of rows: [RawBytes], _ isSigned: Bool) -> Value {
    let total = sum(of: 0, in: rows)
    let count = sum(of: 1, in: rows)
    if count == 0 { return number(0, isSigned) }
    if !isSigned { return .unsigned(total / count) }
    return .signed(Int64(truncatingIfNeeded: Int128(Int64(bitPattern: total)) / Int128(count)))
  }

  /// Returns the buckets of `hist`, and the sum of the numbers.
  private func histogram(of rows: [RawBytes], in buckets: HistogramBuckets) -> Histogram {
    let counts = (0..<buckets.count).map { sum(of: $0, in: rows) }
    return Histogram(
      counts.enumerated().map { i, count in
        if i == 0 { return Histogram.Bucket(lower: nil, upper: 0, count: count) }
        let upper = i + 1 < buckets.count ? Int128(buckets.lowerBound(of: i + 1)) : Int128(1) << 64
        let lower = Int128(buckets.lowerBound(of: i))
        // The numbers below 2^k, and 0 and 1, stand for themselves; all others are in a part of a power of two.
        let isPart = upper - lower == 1 && i > max(2, 1 << buckets.bits)
        return Histogram.Bucket(lower: lower, upper: upper, count: count, isRange: isPart)
      }, sum: counts[0] == 0 ? sum(of: wordCount - 1, in: rows) : nil)
  }

  /// Returns the buckets of `lhist`, and the sum of the numbers.
  private func linearHistogram(
    of rows: [RawBytes], from minimum: Int64, to maximum: Int64, step: Int64
  ) -> Histogram {
    guard let layout = histogramLayout else { preconditionFailure("not a histogram") }
    let negatives = layout.negativeIndex.map { sum(of: $0, in: rows) } ?? 0
    var buckets: [Histogram.Bucket] = []
    var mayBeNegative = negatives != 0
    for i in 0..<layout.bucketCount {
      let count = sum(of: i, in: rows)
      if i == 0 {
        buckets.append(.init(lower: nil, upper: Int128(minimum), count: count &+ negatives))
        if minimum <= 0 && count != 0 { mayBeNegative = true }
        continue
      }
      let isLast = i == layout.bucketCount - 1
      let lower = isLast ? Int128(maximum) : Int128(minimum) + Int128(i - 1) * Int128(step)
      let upper = isLast ? nil : min(lower + Int128(step), Int128(maximum))
      buckets.append(.init(lower: lower, upper: upper, count: count))
      if lower < 0 && count != 0 { mayBeNegative = true }
    }
    return Histogram(buckets, sum: mayBeNegative ? nil : sum(of: layout.sumIndex, in: rows))
  }

}

extension Int64 {

  /// The same bits as an unsigned number.
  fileprivate var magnitudeBits: UInt64 { UInt64(bitPattern: self) }

}
