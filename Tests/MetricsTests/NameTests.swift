import Metrics
import Output
import Testing
import Types

/// The names of metrics and labels, and what is wrong with some.
@Suite struct NameTests {

  /// Returns a counter called `name` with a key of the given types.
  private func counter(_ name: String, key: [Type] = []) -> TestMap {
    TestMap(name, key: key, .aggregation(.count), [])
  }

  /// Returns the messages about scripts with the given names and maps.
  private func messages(_ scripts: [(String, [TestMap])]) -> [String] {
    Exposition(scripts).faults.map(\.message)
  }

  @Test func membersOfRecordsNameLabels() {
    let key = Type.record([
      .init("subnet", .string(capacity: 16)),
      .init("peer", .record([.init("port", .uint64), .init("addr", .record([.init("v4", .bool)]))])),
    ])
    let value: [Value] = [
      .signed(1),
      .record([
        .init("subnet", .text("10.0.0.0/8")),
        .init(
          "peer",
          .record([.init("port", .unsigned(80)), .init("addr", .record([.init("v4", .bool(true))]))])),
      ]),
      .tuple([.unsigned(1), .text("b")]),
    ]
    let map = TestMap(
      "@bytes", key: [.int64, key, .tuple([.uint64, .string(capacity: 4)])], .aggregation(.count),
      [(value, .unsigned(1))])
    #expect(
      mapText(of: map).hasSuffix(
        "\nbytes_total{key0=\"1\",subnet=\"10.0.0.0/8\",peer_port=\"80\",peer_addr_v4=\"true\",key2=\"(1, b)\"} 1\n"
      ))
  }

  @Test func theMapWithoutNameIsCalledAsTheScript() {
    let text = exposed([("tcp-life.v2", [counter("@")])])
    #expect(text.contains("# TYPE tcp_life_v2 counter\n"))
    #expect(Exposition([("4chan", [counter("@")])]).faults.isEmpty)
    #expect(self.text(named: "4chan").contains("# TYPE _4chan counter\n"))
    #expect(self.text(named: "").contains("# TYPE _ counter\n"))
  }

  /// Returns the metrics of the map without name of a script called `name`.
  private func text(named name: String) -> String { exposed([(name, [counter("@")])]) }

  @Test func unitsAreTold() {
    let text = exposed([("s", [counter("@rx_bytes_total"), counter("@bytes"), counter("@wait_seconds")])])
    #expect(text.contains("# UNIT rx_bytes bytes\n"))
    #expect(text.contains("# UNIT wait_seconds seconds\n"))
    #expect(!text.contains("# UNIT bytes"))
  }

  @Test func commentsAreHelp() {
    let pair = Type.record([.init("a", .uint64), .init("b", .uint64)])
    let maps = [
      TestMap("@n", .aggregation(.count), [], help: "What \"n\" \\ counts"),
      TestMap("@p", .plain(pair), [], help: "Both"),
    ]
    let text = exposed([("s", maps)])
    #expect(text.contains("# HELP n What \\\"n\\\" \\\\ counts\n"))
    #expect(text.contains("# HELP p_a Both (a)\n") && text.contains("# HELP p_b Both (b)\n"))
    #expect(
      exposed([("s", maps)], as: .prometheusText).contains("# HELP n_total What \"n\" \\\\ counts\n"))
  }

  @Test func scratchMemoryIsShownIfItHasHelp() {
    var scratch = counter("@start")
    scratch.description.isScratch = true
    let exposition = Exposition([("s", [scratch, counter("@n")])])
    #expect(exposition.exportedMaps(ofScript: 0) == [1])
    #expect(exposition.unexportedMaps.map(\.map) == ["@start"])
    scratch.description.help = "When it began"
    #expect(Exposition([("s", [scratch])]).exportedMaps(ofScript: 0) == [0])
  }

  @Test func scriptsAreToldApartWhereTheyHaveTheSameMetric() {
    let map = TestMap("@n", key: [.uint64], .aggregation(.count), [([.unsigned(3)], .unsigned(5))])
    let other = TestMap("@m", .aggregation(.count), [([], .unsigned(6))])
    let text = exposed([("a", [map, other]), ("b\"", [map])])
    #expect(
      text.hasPrefix(
        #"""
        # TYPE n counter
        # HELP n The values of @n.
        n_total{script="a",key0="3"} 5
        n_total{script="b\"",key0="3"} 5
        # TYPE m counter
        # HELP m The values of @m.
        m_total 6

        """#))
  }

  @Test func kindsMustAgree() {
    #expect(
      messages([("a", [counter("@x")]), ("b", [TestMap("@x", .plain(.int64), [])])]) == [
        "the metric 'x' would be a gauge here and a counter in another script"
      ])
  }

  @Test func samplesMustNotBeMixedUp() {
    #expect(
      messages([("a", [counter("@x"), counter("@x_total")])]) == [
        "the metrics of '@x_total' and of '@x' could both be called 'x'"
      ])
    let clash = Exposition([("a", [counter("@x"), counter("@x_total")])]).faults.first
    #expect(clash?.map == "@x_total" && clash?.other?.map == "@x" && clash?.other?.script == 0)
    let stats = TestMap("@x", .aggregation(.stats(isSigned: false)), [])
    #expect(
      messages([("a", [stats, TestMap("@x_sum", .plain(.int64), [])])]) == [
        "the metrics of '@x_sum' and of '@x' could both be called 'x_sum'"
      ])
    #expect(
      messages([("a", [stats]), ("b", [TestMap("@x_count", .plain(.int64), [])])]) == [
        "the metrics of '@x_count' and of '@x' of another script could both be called 'x_count'"
      ])
  }

  @Test func namesOfOthersAreRefused() {
    #expect(
      messages([
        ("a", [counter("@apus_events"), counter("@process_cpu_seconds_total"), counter("@process_reads")])
      ]) == [
        "'@apus_events' cannot be shown as a metric: 'apus_events' is one that apus itself gives",
        "'@process_cpu_seconds_total' cannot be shown as a metric: 'process_cpu_seconds' is one that apus itself gives",
      ])
    #expect(
      messages([("a", [TestMap("@up", .plain(.int64), [])])]) == [
        "'@up' cannot be shown as a metric: 'up' is one that Prometheus gives"
      ])
  }

  @Test func badLabelsAreRefused() {
    let record = { (names: String...) in [Type.record(names.map { .init($0, .uint64) })] }
    let histogram = TestMap("@h", key: record("le"), .aggregation(.histogram(bits: 0)), [])
    let stats = TestMap("@s", key: record("quantile"), .aggregation(.stats(isSigned: false)), [])
    let nested = [Type.record([.init("a_b", .uint64), .init("a", record("b")[0])])]
    let text = TestMap("@t", key: record("value"), .plain(.string(capacity: 4)), [])
    let faults = Exposition([
      ("a", [histogram, stats, counter("@i", key: record("__x")), counter("@n", key: nested), text])
    ]).faults
    #expect(
      faults.map(\.message) == [
        "'le' in the key of '@h' cannot be the name of a label: a histogram has one of its own that is called so",
        "'quantile' in the key of '@s' cannot be the name of a label: a summary has one of its own that is called so",
        "'__x' in the key of '@i' cannot be the name of a label: those with '__' in front are for monitoring itself",
        "two labels of the metrics of '@n' would be called 'a_b'",
        "two labels of the metrics of '@t' would be called 'value'",
      ])
    #expect(faults.map(\.label) == ["le", "quantile", "__x", "a_b", "value"])
    let scripts = [("a", [counter("@m", key: record("script"))]), ("b", [counter("@m")])]
    #expect(
      messages(scripts) == [
        "'script' in the key of '@m' cannot be the name of a label: it tells the scripts apart that have such a map"
      ])
    #expect(messages([scripts[0]]) == [])
  }

}
