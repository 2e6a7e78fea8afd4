import Metrics
import Output
import Testing
import Types

/// What maps of each kind are as metrics, in both formats.
@Suite struct KindTests {

  @Test func countsAndSumsAreCounters() {
    let bytes = TestMap(
      "@bytes", key: [.string(capacity: 16), .uint64], .aggregation(.sum(isSigned: false)),
      [([.text("eth0"), .unsigned(4)], .unsigned(1234)), ([.text("lo"), .unsigned(6)], .unsigned(.max))])
    #expect(
      mapText(of: bytes) == """
        # TYPE bytes counter
        # HELP bytes The values of @bytes.
        bytes_total{key0="eth0",key1="4"} 1234
        bytes_total{key0="lo",key1="6"} 18446744073709551615

        """)
    #expect(
      mapText(of: bytes, as: .prometheusText) == """
        # HELP bytes_total The values of @bytes.
        # TYPE bytes_total counter
        bytes_total{key0="eth0",key1="4"} 1234
        bytes_total{key0="lo",key1="6"} 18446744073709551615

        """)
    let calls = TestMap("@calls_total", .aggregation(.count), [([], .unsigned(7))])
    #expect(
      mapText(of: calls) == """
        # TYPE calls counter
        # HELP calls The values of @calls_total.
        calls_total 7

        """)
  }

  @Test func integersAndExtremesAreGauges() {
    let maps = [
      TestMap("@n", .plain(.int64), [([], .signed(-3))]),
      TestMap("@flag", .plain(.bool), [([], .bool(true))]),
      TestMap("@least", .aggregation(.minimum(isSigned: true)), [([], .signed(-9))]),
      TestMap("@greatest", .aggregation(.maximum(isSigned: false)), [([], .unsigned(9))]),
      TestMap("@mean", .aggregation(.average(isSigned: false)), [([], .unsigned(5))]),
    ]
    let lines = exposed([("script", maps)]).split(separator: "\n").filter { !$0.contains("apus_") }
    #expect(lines.contains("# TYPE n gauge") && lines.contains("n -3"))
    #expect(lines.contains("# TYPE flag gauge") && lines.contains("flag 1"))
    #expect(lines.contains("# TYPE least gauge") && lines.contains("least -9"))
    #expect(lines.contains("# TYPE greatest gauge") && lines.contains("greatest 9"))
    #expect(lines.contains("# TYPE mean gauge") && lines.contains("mean 5"))
  }

  @Test func integersThatAreCalledTotalsAreCounters() {
    let map = TestMap("@reads_total", .plain(.uint64), [([], .unsigned(12))])
    #expect(mapText(of: map).contains("# TYPE reads counter"))
    #expect(mapText(of: map).contains("\nreads_total 12\n"))
  }

  @Test func statisticsAreSummaries() {
    let map = TestMap(
      "@size_bytes", key: [.string(capacity: 16)], .aggregation(.stats(isSigned: true)),
      [
        ([.text("a")], .stats(count: 3, average: .signed(4), total: .signed(12))),
        ([.text("b")], .stats(count: 1, average: .signed(-4), total: .signed(-4))),
      ])
    #expect(
      mapText(of: map) == """
        # TYPE size_bytes summary
        # UNIT size_bytes bytes
        # HELP size_bytes The values of @size_bytes.
        size_bytes_count{key0="a"} 3
        size_bytes_sum{key0="a"} 12
        size_bytes_count{key0="b"} 1

        """)
    #expect(
      exposed([("s", [map])]).contains(
        "apus_hidden_samples{script=\"s\",map=\"@size_bytes\",reason=\"negative\"} 1\n"))
  }

  @Test func textsAreInformation() {
    let map = TestMap(
      "@owner", key: [.uint64], .plain(.string(capacity: 16)),
      [([.unsigned(7)], .text("a\"b\\c\nd")), ([.unsigned(8)], .text([0x61, 0xff, 0x62]))])
    #expect(
      mapText(of: map) == #"""
        # TYPE owner info
        # HELP owner The values of @owner.
        owner_info{key0="7",value="a\"b\\c\nd"} 1
        owner_info{key0="8",value="a\#u{fffd}b"} 1

        """#)
    #expect(
      mapText(of: map, as: .prometheusText).hasPrefix(
        "# HELP owner_info The values of @owner.\n# TYPE owner_info gauge\n"))
  }

  @Test func stacksAreOneLine() {
    let map = TestMap(
      "@", key: [.kernelStack(.bpftrace)], .aggregation(.count),
      [([.stack([Array("tcp_sendmsg+5".utf8), Array("sock_sendmsg+63".utf8)], .bpftrace)], .unsigned(1))])
    #expect(mapText(of: map).hasSuffix("\nscript_total{key0=\"tcp_sendmsg+5;sock_sendmsg+63\"} 1\n"))
  }

  @Test func partsOfValuesAreMetrics() {
    let type = Type.record([
      .init("size", .uint64),
      .init("peer", .record([.init("port", .uint64), .init("name", .string(capacity: 16))])),
      .init("pair", .tuple([.bool, .int64])),
    ])
    let value = Value.record([
      .init("size", .unsigned(5)),
      .init("peer", .record([.init("port", .unsigned(80)), .init("name", .text("a"))])),
      .init("pair", .tuple([.bool(false), .signed(-1)])),
    ])
    let text = mapText(of: TestMap("@x", key: [.uint64], .plain(type), [([.unsigned(1)], value)]))
    #expect(
      text.contains(
        "# TYPE x_size gauge\n# HELP x_size The member size of the values of @x.\nx_size{key0=\"1\"} 5\n"))
    #expect(text.contains("\nx_peer_port{key0=\"1\"} 80\n"))
    #expect(text.contains("\nx_pair_0{key0=\"1\"} 0\n"))
    #expect(text.contains("\nx_pair_1{key0=\"1\"} -1\n"))
    #expect(text.contains("# TYPE x info\n"))
    #expect(text.contains("\nx_info{key0=\"1\",peer_name=\"a\"} 1\n"))
  }

  @Test func theNewestIntervalIsAGauge() {
    let layout = TimeSeriesLayout(interval: 1_000_000_000, slotCount: 4, function: .sum, isSigned: false)
    let point = { (value: UInt64?) in
      TimeSeries.Point(start: 0, date: "2026-11-21", time: "03:07:14", value: value.map { .unsigned($0) })
    }
    let map = TestMap(
      "@rate", key: [.uint64], .aggregation(.timeSeries(layout)),
      [
        ([.unsigned(1)], .timeSeries(TimeSeries(interval: 1_000_000_000, points: [point(3), point(8)]))),
        ([.unsigned(2)], .timeSeries(TimeSeries(interval: 1_000_000_000, points: [point(3), point(nil)]))),
      ])
    #expect(mapText(of: map).hasSuffix("rate{key0=\"1\"} 8\n"))
  }

  @Test func whatCountsBeginsWithNothing() {
    let maps = [
      TestMap("@c", .aggregation(.count), []), TestMap("@g", .plain(.int64), []),
      TestMap("@h", .aggregation(.histogram(bits: 0)), []),
      TestMap("@s", .aggregation(.stats(isSigned: false)), []),
      TestMap("@k", key: [.uint64], .aggregation(.count), []),
    ]
    let samples = ExpositionCheck(exposed([("script", maps)])).samples.filter { !$0.key.hasPrefix("apus_") }
    #expect(
      samples == [
        "c_total": 0, "h_bucket,le=\"0.0\"": 0, "h_bucket,le=\"+Inf\"": 0, "h_count": 0, "h_sum": 0,
        "s_count": 0,
        "s_sum": 0,
      ])
  }

  @Test func whatHasNoNumbersIsNotShown() {
    let structure = StructureType(.init(.struct, "sock"), size: 8)
    let exposition = Exposition([("a", [TestMap("@s", .plain(.structure(structure)), [])])])
    #expect(exposition.unexportedMaps.map(\.map) == ["@s"])
    #expect(exposition.unexportedMaps.map(\.reason) == ["its values have neither numbers nor texts"])
    #expect(exposition.exportedMaps(ofScript: 0).isEmpty)
  }

}
