import Testing

@testable import Output

/// Time series as people and programs read them.
@Suite struct TimeSeriesTests {

  /// Returns a series of intervals of `interval` nanoseconds with the given values, which starts at 10:41:46.
  private func series(_ values: Value?..., every interval: UInt64) -> TimeSeries {
    TimeSeries(
      interval: interval,
      points: values.enumerated().map { index, value in
        let start = 46_000_000_000 + UInt64(index) * interval
        return TimeSeries.Point(
          start: start, date: "2026-11-21", time: "10:41:\(start / 1_000_000_000)", value: value)
      })
  }

  /// Returns the text of `series`.
  private func text(_ series: TimeSeries) -> String {
    var bytes: [UInt8] = []
    bytes.append(textOf: .timeSeries(series))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func graph() {
    #expect(
      text(series(.signed(-4), nil, .signed(0), .signed(4), every: 100_000_000)) == """
                     -4                                                  4
        hh:mm:ss.ms  |___________________________________________________|
        10:41:46.000 *                                                   | -4
        10:41:46.100 |                                                   | -
        10:41:46.200 |                         *                         | 0
        10:41:46.300 |                                                   * 4
                     v___________________________________________________v
                     -4                                                  4

        """)
  }

  /// Whole seconds have no fraction; a value alone stands in the middle, and at the end where there is nothing below it.
  @Test func aloneInTheMiddle() {
    let lines = text(series(.unsigned(7), every: 1_000_000_000)).split(separator: "\n")
    #expect(lines[0] == "         6                                                   8")
    #expect(lines[1].hasPrefix("hh:mm:ss |"))
    #expect(lines[2] == "10:41:46 |                         *                         | 7")
    let zero = text(series(.unsigned(0), every: 1_000_000_000)).split(separator: "\n")
    #expect(zero[2] == "10:41:46 *                                                   | 0")
    let signedZero = text(series(.signed(0), every: 1_000_000_000)).split(separator: "\n")
    #expect(signedZero[2] == "10:41:46 |                         *                         | 0")
  }

  /// Short intervals have more digits.
  @Test(arguments: [
    (1_000 as UInt64, "hh:mm:ss.us     |", ".000001 "), (1, "hh:mm:ss.ns        |", ".000000001 "),
  ])
  func units(_ interval: UInt64, _ head: String, _ fraction: String) {
    let lines = text(series(.signed(1), .signed(2), every: interval)).split(separator: "\n")
    #expect(lines[1].hasPrefix(head))
    #expect(lines[3].contains(fraction))
  }

  /// Numbers of 64 bits at both ends do not overflow.
  @Test func extremes() {
    let lines = text(series(.signed(.min), .signed(.max), every: 1_000_000)).split(separator: "\n")
    #expect(lines[2].hasSuffix("| -9223372036854775808"))
    #expect(lines[3].hasSuffix("* 9223372036854775807"))
    #expect(text(series(.unsigned(.max), every: 1_000_000)).contains("18446744073709551616"))
  }

  @Test func noData() { #expect(text(series(every: 1_000_000)) == "<no data>") }

  @Test func maps() {
    let map = MapContents(
      name: "@", kind: .timeSeries, isKeyed: true,
      elements: [.init(key: [.signed(1)], value: .timeSeries(series(.signed(1), nil, every: 50_000_000)))])
    var buffer = OutputBuffer()
    JSONOutput().map(map, to: &buffer)
    #expect(
      String(decoding: buffer.output, as: UTF8.self)
        == #"{"type": "tseries", "data": {"@": {"1": ["#
        + #"{"interval_start": "2026-11-21T10:41:46.000000000", "value": 1}, "#
        + #"{"interval_start": "2026-11-21T10:41:46.050000000", "value": null}]}}}"# + "\n")
    buffer.output = []
    TextOutput().map(map, to: &buffer)
    let text = String(decoding: buffer.output, as: UTF8.self)
    #expect(text.hasPrefix("@[1]:\n") && text.hasSuffix("\n\n"))
  }

  @Test func division() {
    var map = MapContents(
      name: "@", kind: .timeSeries, isKeyed: false,
      elements: [.init(value: .timeSeries(series(.signed(11), nil, every: 1)))])
    map.divide(by: 5)
    #expect(map.elements[0].value == .timeSeries(series(.signed(2), nil, every: 1)))
  }

}
