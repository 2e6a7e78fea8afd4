/// What a map holds for each key.
public enum MapValue: Hashable, Codable, Sendable {

  /// A value. Integers take 8 bytes, extended by their signedness, so that they can be added to atomically; but in maps that
  /// someone else made they are as wide as they are there.
  case plain(Type)

  /// A value that is gathered on each CPU and put together when it is read.
  case aggregation(Aggregation)

}

/// How numbers are gathered. The memory of each is a row of 64-bit words.
public enum Aggregation: Hashable, Codable, Sendable {

  /// The number of calls: one word.
  case count

  /// The sum: one word.
  case sum(isSigned: Bool)

  /// The least number: the number and a word that is not 0 iff there is one.
  case minimum(isSigned: Bool)

  /// The greatest number: the number and a word that is not 0 iff there is one.
  case maximum(isSigned: Bool)

  /// The average: the sum and the count.
  case average(isSigned: Bool)

  /// Count, average and sum: the sum and the count.
  case stats(isSigned: Bool)

  /// A histogram with 2^`bits` buckets for each power of two: the words of `histogramLayout`.
  case histogram(bits: Int)

  /// A histogram with buckets of equal width, the first for numbers below `minimum`, the last for numbers from `maximum` on: the words
  /// of `histogramLayout`.
  case linearHistogram(minimum: Int64, maximum: Int64, step: Int64)

  /// What numbers did in each of the last intervals of time: for each interval the words of `TimeSeriesLayout`.
  case timeSeries(TimeSeriesLayout)

  /// `true` iff all words are sums.
  public var isAdditive: Bool {
    switch self {
    case .count, .sum, .average, .stats, .histogram, .linearHistogram: true
    case .minimum, .maximum, .timeSeries: false
    }
  }

  /// The number of 64-bit words for one key on one CPU.
  public var wordCount: Int {
    switch self {
    case .count, .sum: 1
    case .minimum, .maximum, .average, .stats: 2
    case .histogram, .linearHistogram: histogramLayout?.wordCount ?? 0
    case .timeSeries(let layout): layout.slotCount * TimeSeriesLayout.wordsPerSlot
    }
  }

}

extension Aggregation {

  /// What the words of a histogram are, nil for everything else.
  public var histogramLayout: HistogramLayout? {
    switch self {
    case .histogram(let bits):
      HistogramLayout(bucketCount: HistogramBuckets(bits: bits).count, separatesNegatives: false)
    case .linearHistogram(let minimum, let maximum, let step):
      HistogramLayout(
        bucketCount: Int((maximum - minimum + step - 1) / step) + 2, separatesNegatives: minimum > 0)
    default: nil
    }
  }

}

/// What the words of a histogram are: one for each bucket, one for negative numbers where the buckets do not tell them from others,
/// and the sum of all numbers.
public struct HistogramLayout: Hashable, Sendable {

  /// The number of buckets.
  public let bucketCount: Int

  /// `true` iff numbers below 0 are not counted in the first bucket, which holds others too, but in a word of their own; they belong
  /// to that bucket all the same.
  public let separatesNegatives: Bool

  /// The index of the word for negative numbers, nil if there is none.
  public var negativeIndex: Int? { separatesNegatives ? bucketCount : nil }

  /// The index of the sum, modulo 2^64.
  public var sumIndex: Int { separatesNegatives ? bucketCount + 1 : bucketCount }

  /// The number of words.
  public var wordCount: Int { sumIndex + 1 }

}

/// The buckets of `hist`: how numbers and bucket indices belong together.
///
/// Bucket 0 is for negative numbers, bucket 1 + n for each n below 2^`bits`, and then for each power of
/// two 2^`bits` buckets of equal width. With `bits` = 0 that is `(..., 0)`, `[0]`, `[1]`, `[2, 4)`, `[4, 8)` ….
public struct HistogramBuckets: Hashable, Codable, Sendable {

  /// The logarithm of the number of buckets for each power of two: 0 to 5.
  public let bits: Int

  /// Creates an instance with the given property.
  public init(bits: Int) { self.bits = bits }

  /// The number of buckets.
  public var count: Int { 1 + (1 << bits) * (64 - bits + 1) }

  /// Returns the bucket of `number`.
  public func index(of number: Int64) -> Int {
    if number < 0 { return 0 }
    let value = UInt64(number)
    if value < 1 << UInt64(bits) { return 1 + Int(value) }
    let power = 63 - value.leadingZeroBitCount
    let within = Int((value >> UInt64(power - bits)) & ((1 << UInt64(bits)) - 1))
    return 1 + ((power - bits + 1) << bits) + within
  }

  /// Returns the least number of the bucket at `index`, which is not 0.
  public func lowerBound(of index: Int) -> UInt64 {
    let i = index - 1
    if i < 1 << bits { return UInt64(i) }
    let power = (i >> bits) - 1 + bits
    let within = UInt64(i & ((1 << bits) - 1))
    return (1 << UInt64(power)) | (within << UInt64(power - bits))
  }

}
