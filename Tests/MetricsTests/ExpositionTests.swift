import Foundation
import Metrics
import Output
import Testing
import Types

/// Whole expositions.
@Suite struct ExpositionTests {

  /// A script with a map of each kind whose keys and values are hostile.
  static let hostile: [TestMap] = {
    let texts: [[UInt8]] = [
      Array("\"".utf8), Array("\\".utf8), Array("\n".utf8), Array("\\\"\n\\n".utf8), [0xff], [0xfe],
      [0xc3, 0xa9], [0xed, 0xa0, 0x80],
      Array("a=\"b\",c=\"d\"} 1\n# EOF\n".utf8), Array("\r\t\u{1}".utf8), [], Array("{}".utf8),
      Array("ab\u{2028}".utf8),
    ]
    let key: [Type] = [.string(capacity: 64), .record([.init("port", .uint64)])]
    let keys = texts.enumerated().map {
      [Value.text($1), .record([.init("port", .unsigned(UInt64($0 / 6)))])]
    }
    let histogram = { (n: Int) in
      Value.histogram(
        Histogram(
          [
            .init(lower: nil, upper: 0, count: n % 3 == 0 ? 1 : 0),
            .init(lower: 8, upper: 16, count: UInt64(n)),
          ],
          sum: n % 3 == 0 ? nil : UInt64(9 * n)))
    }
    return [
      TestMap(
        "@c", key: key, .aggregation(.count), keys.enumerated().map { ($1, .unsigned(UInt64($0) + 1)) }),
      TestMap(
        "@s", key: key, .aggregation(.sum(isSigned: true)),
        keys.enumerated().map { ($1, .signed(Int64($0) - 2)) }),
      TestMap(
        "@h", key: key, .aggregation(.histogram(bits: 0)), keys.enumerated().map { ($1, histogram($0)) }),
      TestMap(
        "@t", key: key, .aggregation(.stats(isSigned: true)),
        keys.enumerated().map { ($1, .stats(count: 2, average: .signed(-1), total: .signed(Int64($0) - 1))) }),
      TestMap(
        "@i", key: key, .plain(.string(capacity: 64)), keys.map { ($0, $0[0]) },
        help: "Hostile \"text\"\\n\nin lines"),
      TestMap(
        "@g", key: key, .aggregation(.minimum(isSigned: true)),
        keys.enumerated().map { ($1, .signed(Int64(-$0))) }),
    ]
  }()

  @Test func hostileTextIsEscaped() {
    let text = exposed([("a\"b\\\n", Self.hostile)])
    let check = ExpositionCheck(text)
    // The two keys that are no UTF-8 look alike: counters are added up, the least number is kept, of texts one stays.
    #expect(check.samples["c_total,key0=\"\u{fffd}\",port=\"0\""] == 11)
    #expect(check.samples["g,key0=\"\u{fffd}\",port=\"0\""] == -5)
    #expect(check.samples.keys.count { $0.hasPrefix("c_total") } == Self.hostile[0].elements.count - 1)
    #expect(
      text.contains("apus_hidden_samples{script=\"a\\\"b\\\\\\n\",map=\"@i\",reason=\"duplicate\"} 1\n"))
    #expect(text.contains(",map=\"@s\",reason=\"negative\"} 2\n"))
    #expect(text.contains("c_total{key0=\"a=\\\"b\\\",c=\\\"d\\\"} 1\\n# EOF\\n\",port=\"1\"} 9\n"))
  }

  @Test func histogramsThatLookAlikeAreOne() {
    let check = ExpositionCheck(exposed([("a", Self.hostile)]))
    #expect(check.samples["h_bucket,key0=\"\u{fffd}\",le=\"15.0\",port=\"0\""] == 9)
    #expect(check.samples["h_sum,key0=\"\u{fffd}\",port=\"0\""] == 81)
  }

  @Test func apusTellsAboutItself() {
    var state = snapshot(of: [])
    state.attachedCount = 3
    state.eventCount = 12
    state.programs = [
      .init(title: "kprobe:f", runCount: 5, runTime: 1_500_000_000),
      .init(title: "kprobe:f", runCount: 1, runTime: 7),
    ]
    state.losses = [
      Loss(.events(probe: "kprobe:f"), count: 4), Loss(.refusedUpdates(map: "@m", capacity: 8), count: 2),
      Loss(.missedRuns(probe: "kprobe:f", reason: .nested), count: 6),
    ]
    var server = ServerState(version: "0.1.0")
    server.scrapeCount = 17
    server.scrapeTime = { 2_500_000 }
    server.process.cpuTime = 1_020_000_000
    server.process.openFileCount = 12
    server.families = [PlainFamily("apus_zabbix_queue", .gauge, "Values that wait.", [.init(.count(3))])]
    let exposition = Exposition([("a", [])])
    let text = String(
      decoding: exposition.text(of: [ScriptState(state, isRunning: false)], server, as: .openMetrics),
      as: UTF8.self)
    let samples = ExpositionCheck(text).samples
    #expect(samples["apus_build_info,version=\"0.1.0\""] == 1)
    #expect(samples["apus_script_running,script=\"a\""] == 0)
    #expect(samples["apus_attached_probes,script=\"a\""] == 3)
    #expect(samples["apus_events_total,script=\"a\""] == 12)
    #expect(samples["apus_probe_runs_total,probe=\"kprobe:f\",script=\"a\""] == 6)
    #expect(samples["apus_probe_run_seconds_total,probe=\"kprobe:f\",script=\"a\""] == 1.500000007)
    #expect(samples["apus_lost_total,kind=\"events\",probe=\"kprobe:f\",script=\"a\""] == 4)
    #expect(samples["apus_lost_total,kind=\"refused_updates\",map=\"@m\",script=\"a\""] == 2)
    #expect(
      samples["apus_lost_total,kind=\"missed_runs\",probe=\"kprobe:f\",reason=\"nested\",script=\"a\""] == 6)
    #expect(samples["apus_scrapes_total"] == 17)
    #expect(samples["apus_scrape_duration_seconds"] == 0.0025)
    #expect(samples["process_cpu_seconds_total"] == 1.02)
    #expect(samples["process_open_fds"] == 12)
    #expect(samples["process_max_fds"] == nil)
    #expect(samples["apus_zabbix_queue"] == 3)
    #expect(text.contains("# UNIT process_cpu_seconds seconds\n"))
  }

  @Test func mapsTellHowFullTheyAre() {
    let map = TestMap("@m", key: [.uint64], .aggregation(.count), [([.unsigned(1)], .unsigned(1))])
    let samples = ExpositionCheck(exposed([("a", [map])])).samples
    #expect(samples["apus_map_elements,map=\"@m\",script=\"a\""] == 1)
    #expect(samples["apus_map_capacity,map=\"@m\",script=\"a\""] == 4096)
  }

  @Test func promtoolHasNothingToSay() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool") else { return }
    for format in ExpositionFormat.allCases where format == .prometheusText {
      let tool = Process()
      tool.executableURL = URL(fileURLWithPath: "/usr/bin/promtool")
      tool.arguments = ["check", "metrics"]
      let (input, output) = (Pipe(), Pipe())
      (tool.standardInput, tool.standardOutput, tool.standardError) = (input, output, output)
      try tool.run()
      input.fileHandleForWriting.write(Data(exposed([("a", Self.hostile)], as: format).utf8))
      try input.fileHandleForWriting.close()
      let said = output.fileHandleForReading.readDataToEndOfFile()
      tool.waitUntilExit()
      #expect(String(decoding: said, as: UTF8.self) == "")
      #expect(tool.terminationStatus == 0)
    }
  }

  @Test func manyLabelSetsAreFast() {
    let elements = (0..<10_000).map { number -> ([Value], Value) in
      (
        [.text("10.\(number / 256).\(number % 256).0/24"), .text(number % 2 == 0 ? "rx" : "tx")],
        .unsigned(UInt64(number) * 1_000_003)
      )
    }
    let map = TestMap(
      "@bytes", key: [.string(capacity: 32), .string(capacity: 4)], .aggregation(.sum(isSigned: false)),
      elements)
    let exposition = Exposition([("a", [map])])
    let state = [ScriptState(snapshot(of: [map]), isRunning: true)]
    var text: [UInt8] = []
    let time = ContinuousClock().measure {
      text = exposition.text(of: state, ServerState(version: "1"), as: .openMetrics)
    }
    #expect(text.count { $0 == UInt8(ascii: "\n") } > 10_000)
    // Without optimisation; with it, it is 20 ms at most.
    #expect(time < .seconds(5))
  }

}
