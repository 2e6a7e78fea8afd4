import Testing
import Types

@testable import Output

/// What sinks print, compared with text that bpftrace users know.
@Suite struct SinkTests {

  /// Returns what a sink appends to standard output.
  private func output(_ sink: some OutputSink, _ print: (any OutputSink, inout OutputBuffer) -> Void)
    -> String
  {
    var buffer = OutputBuffer()
    print(sink, &buffer)
    return String(decoding: buffer.output, as: UTF8.self)
  }

  /// Returns what the sink for people prints of `map`.
  private func text(_ map: MapContents) -> String { output(TextOutput()) { $0.map(map, to: &$1) } }

  /// Returns what the sink for programs prints of `map`.
  private func json(_ map: MapContents) -> String { output(JSONOutput()) { $0.map(map, to: &$1) } }

  /// Returns the histogram of the buckets with the given bounds and counts.
  private func histogram(_ buckets: (Int128?, Int128?, UInt64)...) -> Value {
    .histogram(Histogram(buckets.map { Histogram.Bucket(lower: $0, upper: $1, count: $2) }))
  }

  @Test func mapsOfNumbers() {
    let map = MapContents(
      name: "@bytes", isKeyed: true,
      elements: [
        .init(key: [.text("sshd"), .signed(-4)], value: .unsigned(7)),
        .init(key: [.text("a b"), .signed(5)], value: .signed(-9)),
      ])
    #expect(text(map) == "@bytes[sshd, -4]: 7\n@bytes[a b, 5]: -9\n")
    #expect(json(map) == #"{"type": "map", "data": {"@bytes": {"sshd,-4": 7, "a b,5": -9}}}"# + "\n")
  }

  @Test func mapsWithoutKey() {
    let map = MapContents(name: "@", isKeyed: false, elements: [.init(value: .text("x\"y"))])
    #expect(text(map) == "@: x\"y\n")
    #expect(json(map) == #"{"type": "map", "data": {"@": "x\"y"}}"# + "\n")
  }

  @Test func emptyMaps() {
    #expect(text(MapContents(name: "@m", isKeyed: true)) == "")
    #expect(json(MapContents(name: "@m", isKeyed: true)) == #"{"type": "map", "data": {"@m": {}}}"# + "\n")
    #expect(json(MapContents(name: "@m", isKeyed: false)) == "")
  }

  @Test func keysThatAreTuples() {
    let key: [Value] = [.tuple([.signed(1), .tuple([.signed(2), .text("x")])])]
    let map = MapContents(name: "@m", isKeyed: true, elements: [.init(key: key, value: .signed(3))])
    #expect(text(map) == "@m[1, (2, x)]: 3\n")
    #expect(json(map) == #"{"type": "map", "data": {"@m": {"1,(2, x)": 3}}}"# + "\n")
  }

  @Test(arguments: [
    (StackMode.perf, "\n\tffffffff81000145 tcp_sendmsg+5\n"), (.raw, "\nffffffff81000145 tcp_sendmsg+5\n"),
    (.buildID, "\nffffffff81000145 tcp_sendmsg+5\n"),
    (.bpftrace, "\n        ffffffff81000145 tcp_sendmsg+5\n"),
  ])
  func stacksStartTheirLinesAsTheirModeWants(mode: StackMode, expected: String) {
    let stack = Value.stack([Array("ffffffff81000145 tcp_sendmsg+5".utf8)], mode)
    var buffer = OutputBuffer()
    TextOutput().value(stack, to: &buffer)
    #expect(String(decoding: buffer.output, as: UTF8.self) == expected + "\n")
  }

  @Test func keysThatAreStacks() {
    let key: [Value] = [.stack([Array("tcp_sendmsg+5".utf8), Array("sock_sendmsg+63".utf8)], .bpftrace)]
    let map = MapContents(name: "@", isKeyed: true, elements: [.init(key: key, value: .signed(12))])
    #expect(text(map) == "@[\n    tcp_sendmsg+5\n    sock_sendmsg+63\n]: 12\n")
  }

  @Test func stats() {
    let value = Value.stats(count: 7, average: .signed(1), total: .signed(7))
    let map = MapContents(
      name: "@bytes", kind: .stats, isKeyed: true,
      elements: [.init(key: [.text("sshd"), .signed(4)], value: value)])
    #expect(text(map) == "@bytes[sshd, 4]: { .count = 7, .average = 1, .total = 7 }\n")
    #expect(
      json(map)
        == #"{"type": "stats", "data": {"@bytes": {"sshd,4": {"count": 7, "average": 1, "total": 7}}}}"#
        + "\n")
  }

  @Test func histogramsOfPowers() {
    let value = histogram((4, 8, 2), (8, 16, 7), (16, 32, 0))
    let map = MapContents(name: "@us", kind: .histogram, isKeyed: false, elements: [.init(value: value)])
    #expect(
      text(map) == """
        @us:
        [4, 8)                 2 |@@@@@@@@@@@@@@                                      |
        [8, 16)                7 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|


        """)
    #expect(
      json(map)
        == #"{"type": "hist", "data": {"@us": [{"min": 4, "max": 7, "count": 2}, {"min": 8, "max": 15, "count": 7}]}}"#
        + "\n")
  }

  @Test func histogramBoundsAndWidths() {
    let top = Int128(1) << 62
    let value = histogram(
      (nil, 0, 1), (0, 1, 0), (1, 2, 0), (1024, 2048, 1), (3072, 1 << 20, 0),
      (1 << 30, 1 << 32, 12_345_678_901),
      (1_000_000, 1_100_000, 1), (-2048, -1024, 1), (top, top * 2, 1), (100, nil, 1))
    let heads = output(TextOutput()) { $0.value(value, to: &$1) }.split(separator: "\n").map {
      $0.prefix { $0 != "|" }
    }
    #expect(
      heads == [
        "(..., 0)               1 ", "[0]                    0 ", "[1]                    0 ",
        "[1K, 2K)               1 ", "[3K, 1M)               0 ", "[1G, 4G)        12345678901 ",
        "[1000000, 1100000)       1 ", "[-2K, -1K)             1 ", "[4E, 8E)               1 ",
        "[100, ...)             1 ",
      ])
  }

  @Test func histogramsByKeyAreApart() {
    let map = MapContents(
      name: "@h", kind: .histogram, isKeyed: true,
      elements: [
        .init(key: [.signed(1)], value: histogram((1, 2, 1))),
        .init(key: [.signed(2)], value: histogram((0, 1, 1))),
      ])
    let bar = String(repeating: "@", count: 52)
    #expect(
      text(map)
        == "@h[1]:\n[1]                    1 |\(bar)|\n\n@h[2]:\n[0]                    1 |\(bar)|\n\n")
    #expect(
      json(map)
        == #"{"type": "hist", "data": {"@h": {"1": [{"min": 1, "max": 1, "count": 1}], "#
        + #""2": [{"min": 0, "max": 0, "count": 1}]}}}"# + "\n")
  }

  @Test func linearHistogramsInJSON() {
    let value = histogram((nil, 0, 1), (0, 10, 1), (10, 20, 0), (100, nil, 3))
    #expect(
      json(MapContents(name: "@l", kind: .histogram, isKeyed: false, elements: [.init(value: value)]))
        == #"{"type": "hist", "data": {"@l": [{"max": -1, "count": 1}, {"min": 0, "max": 9, "count": 1}, "#
        + #"{"min": 10, "max": 19, "count": 0}, {"min": 100, "count": 3}]}}"# + "\n")
  }

  @Test func emptyHistograms() {
    let map = MapContents(
      name: "@h", kind: .histogram, isKeyed: false, elements: [.init(value: histogram((0, 1, 0)))])
    #expect(text(map) == "@h:\n\n")
    #expect(json(map) == #"{"type": "hist", "data": {"@h": []}}"# + "\n")
  }

  @Test func valuesInJSON() {
    let value = Value.tuple([
      .signed(-1), .unsigned(.max), .bool(true), .text(Array("a\"\\\n\t\r\u{1}ü".utf8)), .pointer(50),
      .record([.init("x", .array([.signed(1), .signed(2)]))]), .bytes([0x61, 0]),
    ])
    #expect(
      output(JSONOutput()) { $0.value(value, to: &$1) }
        == #"{"type": "value", "data": [-1,18446744073709551615,true,"a\"\\\n\t\r\u0001ü",50,{"x": [1,2]},"a\\x00"]}"#
        + "\n")
  }

  @Test func textThatIsNotUTF8StaysJSON() {
    let text = output(JSONOutput()) { $0.value(.text([0x61, 0xFF, 0x62]), to: &$1) }
    #expect(text == "{\"type\": \"value\", \"data\": \"a\u{FFFD}b\"}\n")
  }

  @Test func formattedTextAndTime() {
    let format: (inout [UInt8]) -> Void = { $0 += Array("test \r \n \t \\ \" bar".utf8) }
    #expect(
      output(JSONOutput()) { $0.formatted(to: &$1, format) }
        == #"{"type": "printf", "data": "test \r \n \t \\ \" bar"}"# + "\n")
    #expect(output(TextOutput()) { $0.formatted(to: &$1, format) } == "test \r \n \t \\ \" bar")
    let time = output(JSONOutput()) { $0.time(Array("10:00\n".utf8), to: &$1) }
    #expect(time == #"{"type": "time", "data": "10:00\n"}"# + "\n")
  }

  @Test func attachedProbes() {
    var buffer = OutputBuffer()
    TextOutput().attachedProbes(1, to: &buffer)
    TextOutput().attachedProbes(374, to: &buffer)
    #expect(String(decoding: buffer.messages, as: UTF8.self) == "Attached 1 probe\nAttached 374 probes\n")
    #expect(buffer.output.isEmpty)
    #expect(
      output(JSONOutput()) { $0.attachedProbes(2, to: &$1) }
        == #"{"type": "attached_probes", "data": {"probes": 2}}"# + "\n")
  }

  @Test func theEndOfEvents() {
    #expect(output(TextOutput()) { $0.endOfEvents(to: &$1) } == "\n")
    #expect(output(JSONOutput()) { $0.endOfEvents(to: &$1) } == "")
  }

}
