import Metrics
import Output
import Testing
import Types

/// Histograms as metrics.
@Suite struct HistogramTests {

  /// Returns a histogram of `hist` with `counts` numbers in the buckets with the given least numbers.
  private func powers(_ counts: [(lower: Int128?, count: UInt64)], sum: UInt64? = nil) -> Value {
    .histogram(
      Histogram(
        counts.map { lower, count in
          let upper = lower.map { $0 < 2 ? $0 + 1 : $0 * 2 } ?? 0
          return Histogram.Bucket(lower: lower, upper: upper, count: count)
        }, sum: sum))
  }

  @Test func bucketsAreCumulativeAndReachAsFarInAllSeries() {
    let map = TestMap(
      "@ns", key: [.string(capacity: 16)], .aggregation(.histogram(bits: 0)),
      [
        ([.text("a")], powers([(0, 1), (1, 2), (2, 0), (4, 4)], sum: 25)),
        ([.text("b")], powers([(8, 3)], sum: 30)),
      ])
    #expect(
      mapText(of: map) == """
        # TYPE ns histogram
        # HELP ns The values of @ns.
        ns_bucket{key0="a",le="0.0"} 1
        ns_bucket{key0="a",le="1.0"} 3
        ns_bucket{key0="a",le="3.0"} 3
        ns_bucket{key0="a",le="7.0"} 7
        ns_bucket{key0="a",le="15.0"} 7
        ns_bucket{key0="a",le="+Inf"} 7
        ns_count{key0="a"} 7
        ns_sum{key0="a"} 25
        ns_bucket{key0="b",le="0.0"} 0
        ns_bucket{key0="b",le="1.0"} 0
        ns_bucket{key0="b",le="3.0"} 0
        ns_bucket{key0="b",le="7.0"} 0
        ns_bucket{key0="b",le="15.0"} 3
        ns_bucket{key0="b",le="+Inf"} 3
        ns_count{key0="b"} 3
        ns_sum{key0="b"} 30

        """)
    #expect(mapText(of: map, as: .prometheusText).contains("ns_bucket{key0=\"a\",le=\"15\"} 7\n"))
  }

  @Test func negativeNumbersTakeTheSumAway() {
    let map = TestMap(
      "@x", .aggregation(.histogram(bits: 0)), [([], powers([(nil, 2), (0, 1)]))])
    #expect(
      mapText(of: map).hasSuffix(
        """
        x_bucket{le="-1.0"} 2
        x_bucket{le="0.0"} 3
        x_bucket{le="+Inf"} 3

        """))
    #expect(
      mapText(of: map, as: .prometheusText).hasSuffix(
        """
        x_bucket{le="0"} 3
        x_bucket{le="+Inf"} 3
        x_count 3

        """))
  }

  @Test func linearBucketsEndWithTheRest() {
    let buckets: [Histogram.Bucket] = [
      .init(lower: nil, upper: 10, count: 1), .init(lower: 10, upper: 15, count: 0),
      .init(lower: 15, upper: 18, count: 2), .init(lower: 18, upper: nil, count: 4),
    ]
    let map = TestMap(
      "@x", .aggregation(.linearHistogram(minimum: 10, maximum: 18, step: 5)),
      [([], .histogram(Histogram(buckets, sum: 120)))])
    #expect(
      mapText(of: map).hasSuffix(
        """
        x_bucket{le="9.0"} 1
        x_bucket{le="14.0"} 1
        x_bucket{le="17.0"} 3
        x_bucket{le="+Inf"} 7
        x_count 7
        x_sum 120

        """))
  }

  @Test func negativeBoundsNeverHaveASum() {
    let map = TestMap(
      "@x", .aggregation(.linearHistogram(minimum: -10, maximum: 10, step: 10)),
      [([], .histogram(Histogram([.init(lower: 0, upper: 10, count: 1)], sum: 3)))])
    #expect(
      mapText(of: map).hasSuffix(
        """
        x_bucket{le="-11.0"} 0
        x_bucket{le="-1.0"} 0
        x_bucket{le="9.0"} 1
        x_bucket{le="+Inf"} 1

        """))
  }

  @Test func boundsAreWrittenInOneWay() {
    let map = TestMap(
      "@x", .aggregation(.histogram(bits: 0)), [([], powers([(Int128(1) << 63, 1)], sum: 1 << 63))])
    let text = mapText(of: map)
    #expect(text.contains("le=\"1023.0\"") && text.contains("le=\"524287.0\""))
    #expect(text.contains("le=\"1.048575e+06\"") && text.contains("le=\"4.294967295e+09\""))
    #expect(text.contains("le=\"1.8446744073709552e+19\"} 1\n"))
    #expect(mapText(of: map, as: .prometheusText).contains("le=\"1.048575e+06\""))
  }

  @Test func boundsThatLookAlikeAreOneBucket() {
    let start = Int64(1) << 60
    let map = TestMap(
      "@x", .aggregation(.linearHistogram(minimum: start, maximum: start + 4, step: 1)),
      [
        (
          [],
          .histogram(Histogram([.init(lower: Int128(start) + 1, upper: Int128(start) + 2, count: 5)], sum: 9))
        )
      ])
    #expect(
      mapText(of: map).hasSuffix(
        "x_bucket{le=\"1.152921504606847e+18\"} 5\nx_bucket{le=\"+Inf\"} 5\nx_count 5\nx_sum 9\n"))
  }

}
