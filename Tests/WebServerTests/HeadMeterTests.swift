import Testing

@testable import WebServer

@Suite struct HeadMeterTests {

  /// Returns how a meter with the given limit finds `text`, and what it has counted then.
  private func measured(_ text: String, limit: Int = 40) -> (excess: HeadMeter.Excess?, count: Int) {
    var meter = HeadMeter(limit: limit)
    do throws(HeadMeter.Excess) {
      try meter.measure(Array(text.utf8))
      return (nil, meter.count)
    } catch { return (error, meter.count) }
  }

  @Test func `a complete head counts no more`() {
    #expect(measured("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == (nil, 0))
    #expect(measured("GET / HTTP/1.1\nHost: a\n\n") == (nil, 0))
    #expect(measured(String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 100)) == (nil, 0))
  }

  @Test func `a part of a head counts`() {
    #expect(measured("GET / HTTP/1.1\r\nHost: a\r\n") == (nil, 25))
    #expect(measured("\r\n\r\nGET") == (nil, 3))
  }

  @Test func `too long a line differs from too long fields`() {
    #expect(measured("GET /" + String(repeating: "a", count: 36)).excess == .line)
    #expect(measured("GET /" + String(repeating: "a", count: 35)).excess == nil)
    #expect(measured("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 30)).excess == .fields)
  }

}
