import Output
import Testing
import Types

@testable import Runtime

/// The numbers of several CPUs put together.
@Suite struct AggregationTests {

  /// Returns the value of the rows of several CPUs.
  private func value(_ aggregation: Aggregation, _ rows: [UInt8]...) -> Value? {
    // All rows in one block of memory that stays while they are read.
    let memory = rows.flatMap { $0 }
    return memory.withUnsafeBytes { memory in
      var start = 0
      return aggregation.value(
        of: rows.map { row in
          defer { start += row.count }
          return RawBytes(UnsafeRawBufferPointer(rebasing: memory[start..<start + row.count]))
        })
    }
  }

  @Test func counts() {
    #expect(value(.count, words(3), words(0), words(4)) == .unsigned(7))
    #expect(value(.count) == .unsigned(0))
  }

  @Test func sums() {
    #expect(value(.sum(isSigned: true), words(3), words(-10)) == .signed(-7))
    #expect(value(.sum(isSigned: false), words(3), words(-1)) == .unsigned(2))
    #expect(value(.sum(isSigned: true), words(.max), words(1)) == .signed(.min))
  }

  @Test func extremes() {
    #expect(value(.minimum(isSigned: true), words(3, 1), words(-5, 1), words(-100, 0)) == .signed(-5))
    #expect(value(.maximum(isSigned: true), words(3, 1), words(-5, 1), words(100, 0)) == .signed(3))
    #expect(value(.minimum(isSigned: false), words(3, 1), words(-5, 1)) == .unsigned(3))
    #expect(value(.maximum(isSigned: false), words(3, 1), words(-5, 1)) == .unsigned(UInt64(bitPattern: -5)))
    #expect(value(.minimum(isSigned: true), words(0, 0)) == nil)
  }

  @Test func averages() {
    #expect(value(.average(isSigned: true), words(10, 2), words(-31, 1)) == .signed(-7))
    #expect(value(.average(isSigned: true), words(0, 0)) == .signed(0))
    #expect(value(.average(isSigned: false), words(-2, 2)) == .unsigned(.max / 2))
    // A sum that does not fit wraps, which must not end the process.
    #expect(value(.average(isSigned: true), words(.min, -1)) == .signed(0))
  }

  @Test func stats() {
    #expect(
      value(.stats(isSigned: true), words(10, 2), words(4, 2))
        == .stats(count: 4, average: .signed(3), total: .signed(14)))
  }

  @Test func histogramsOfPowers() {
    var first = RecordWriter(count: HistogramBuckets(bits: 0).count * 8)
    var second = first
    let buckets = HistogramBuckets(bits: 0)
    for (number, count) in [(Int64(-1), UInt64(1)), (0, 2), (1, 3), (1500, 4)] {
      first.set(count, at: buckets.index(of: number) * 8)
    }
    second.set(UInt64(10), at: buckets.index(of: 1024) * 8)
    guard case .histogram(let histogram) = value(.histogram(bits: 0), first.bytes, second.bytes) else {
      Issue.record("not a histogram")
      return
    }
    #expect(histogram.buckets.count == 13)
    #expect(histogram.buckets[0] == .init(lower: nil, upper: 0, count: 1))
    #expect(histogram.buckets[1] == .init(lower: 0, upper: 1, count: 2))
    #expect(histogram.buckets[2] == .init(lower: 1, upper: 2, count: 3))
    #expect(histogram.buckets[3] == .init(lower: 2, upper: 4, count: 0))
    #expect(histogram.buckets[12] == .init(lower: 1024, upper: 2048, count: 14))
  }

  @Test(arguments: 0...5)
  func bucketsHoldWhatBelongsToThem(bits: Int) {
    let buckets = HistogramBuckets(bits: bits)
    for number in [Int64(0), 1, 2, 3, 4, 5, 31, 32, 33, 63, 100, 1000, 4095, 4096, 1 << 40, .max] {
      var row = RecordWriter(count: buckets.count * 8)
      row.set(UInt64(1), at: buckets.index(of: number) * 8)
      guard case .histogram(let histogram) = value(.histogram(bits: bits), row.bytes),
        let bucket = histogram.buckets.first
      else {
        Issue.record("not a histogram")
        return
      }
      #expect(histogram.buckets.count == 1)
      #expect((bucket.lower ?? .max) <= Int128(number) && Int128(number) < (bucket.upper ?? .min))
    }
  }

  /// Returns the sum of the histogram that the rows hold.
  private func sum(_ aggregation: Aggregation, _ rows: [UInt8]...) -> UInt64? {
    let memory = rows.flatMap { $0 }
    let size = aggregation.wordCount * 8
    return memory.withUnsafeBytes { memory in
      let value = aggregation.value(
        of: (0..<rows.count).map {
          RawBytes(UnsafeRawBufferPointer(rebasing: memory[$0 * size..<($0 + 1) * size]))
        })
      guard case .histogram(let histogram) = value else { return nil }
      return histogram.sum
    }
  }

  @Test func sumsOfHistograms() {
    var row = [Int64](repeating: 0, count: Aggregation.histogram(bits: 0).wordCount)
    let first = HistogramBuckets(bits: 0)
    row[first.index(of: 7)] = 2
    row[row.count - 1] = 12
    let bytes = row.flatMap { words($0) }
    #expect(sum(.histogram(bits: 0), bytes, bytes) == 24)
    // Sums that do not fit wrap.
    row[row.count - 1] = -1
    #expect(sum(.histogram(bits: 0), row.flatMap { words($0) }) == .max)
    // A counter cannot go down.
    row[0] = 1
    #expect(sum(.histogram(bits: 0), row.flatMap { words($0) }) == nil)
  }

  @Test func sumsOfLinearHistograms() {
    // Below 0, 0 to 4, 5 to 9, from 10 on, the sum.
    let fromZero = Aggregation.linearHistogram(minimum: 0, maximum: 10, step: 5)
    #expect(sum(fromZero, words(0, 1, 2, 3, 50), words(0, 0, 0, 1, 11)) == 61)
    #expect(sum(fromZero, words(1, 1, 2, 3, 50)) == nil)
    // Below 3, 3 to 9, from 10 on, negative ones, the sum.
    let fromThree = Aggregation.linearHistogram(minimum: 3, maximum: 10, step: 10)
    #expect(sum(fromThree, words(4, 1, 2, 0, 50)) == 50)
    #expect(sum(fromThree, words(4, 1, 2, 0, 50), words(0, 0, 0, 1, -1)) == nil)
    // Below -4, -4 to 3, from 4 on, the sum.
    let fromBelowZero = Aggregation.linearHistogram(minimum: -4, maximum: 4, step: 8)
    #expect(sum(fromBelowZero, words(0, 0, 2, 9)) == 9)
    #expect(sum(fromBelowZero, words(0, 1, 2, 9)) == nil)
  }

  @Test func negativeNumbersAreInTheFirstBucket() {
    let aggregation = Aggregation.linearHistogram(minimum: 3, maximum: 10, step: 10)
    #expect(
      value(aggregation, words(4, 1, 2, 5, 50))
        == .histogram(
          Histogram([
            .init(lower: nil, upper: 3, count: 9), .init(lower: 3, upper: 10, count: 1),
            .init(lower: 10, upper: nil, count: 2),
          ])))
  }

  @Test func linearHistograms() {
    let aggregation = Aggregation.linearHistogram(minimum: -10, maximum: 15, step: 10)
    guard case .histogram(let histogram) = value(aggregation, words(1, 2, 0, 3, 4, 7)) else {
      Issue.record("not a histogram")
      return
    }
    #expect(
      histogram.buckets == [
        .init(lower: nil, upper: -10, count: 1), .init(lower: -10, upper: 0, count: 2),
        .init(lower: 0, upper: 10, count: 0), .init(lower: 10, upper: 15, count: 3),
        .init(lower: 15, upper: nil, count: 4),
      ])
  }

  @Test func rowsThatAreTooShortDoNotCount() {
    #expect(value(.count, [1, 2, 3], words(4)) == .unsigned(4))
    #expect(value(.minimum(isSigned: true), words(3)) == nil)
    #expect(value(.histogram(bits: 0), []) == .histogram(Histogram([], sum: 0)))
  }

}
