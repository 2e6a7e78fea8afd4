import Output
import Testing
import Types

@testable import Zabbix

/// What is sent of what is printed.
@Suite struct ItemWriterTests {

  /// Returns a map called `name`.
  private func map(
    _ name: String, _ key: [Type] = [], _ value: MapValue = .aggregation(.sum(isSigned: false))
  ) -> MapDescription {
    MapDescription(name: name, key: key, value: value, storage: .hash(.shared, capacity: 100))
  }

  /// Returns a manifest of `maps`, all of which are printed.
  private func manifest(_ maps: MapDescription...) -> Manifest {
    Manifest(
      maps: maps,
      events: maps.indices.map { EventDescription(action: .printMap(map: $0, top: nil, divisor: nil)) })
  }

  /// The usual configuration.
  private let configuration = ZabbixConfiguration(
    servers: [ServerGroup(nodes: [ServerAddress(host: "z")])], host: "h")

  /// Returns a writer for `maps` that starts at the steady time 0.
  private func writer(_ maps: MapDescription..., rates: Bool = false) throws -> ItemWriter {
    var manifest = Manifest(maps: maps)
    manifest.events = maps.indices.map {
      EventDescription(action: .printMap(map: $0, top: nil, divisor: nil))
    }
    return ItemWriter(
      try SentMaps(manifest, ofScript: "totals", configuration), sendsRates: rates, startingAt: moment(0))
  }

  /// Returns the moment at which `seconds` of the steady clock have passed.
  private func moment(_ seconds: Double) -> ItemWriter.Moment {
    let steady = Int64(seconds * 1_000_000_000)
    return ItemWriter.Moment(time: 1_000_000_000_000 + steady, steadyTime: steady)
  }

  /// Returns what was printed of `map`, whose elements have texts as keys, none for a map without keys.
  private func printed(
    _ map: MapDescription, _ elements: [(String, Value)], divisor: Int = 1, isWhole: Bool = true,
    isReset: Bool = false
  ) -> PrintedMap {
    let contents = MapContents(
      name: map.name, isKeyed: !map.key.isEmpty,
      elements: elements.map { .init(key: map.key.isEmpty ? [] : [.text($0)], value: $1) })
    return PrintedMap(map, contents, divisor: divisor, isWhole: isWhole, isReset: isReset)
  }

  @Test func `numbers are values of items at their time`() throws {
    let total = map("@recv_total")
    var writer = try writer(total)
    let output = writer.output(for: printed(total, [("", .unsigned(.max))]), at: moment(1.5))
    #expect(
      output.values == [
        ZabbixValue(key: "apus.recv_total", value: "18446744073709551615", time: 1_001_500_000_000)
      ])
    #expect(output.discoveries.isEmpty)
  }

  @Test func `elements are items, which are discovered`() throws {
    let bytes = map("@bytes", [.string(capacity: 16)])
    var writer = try writer(bytes)
    let output = writer.output(
      for: printed(bytes, [("a,b", .signed(-1)), ("c\"", .unsigned(4))], divisor: 2), at: moment(1))
    #expect(output.values.map(\.key) == [#"apus.bytes["a,b"]"#, #"apus.bytes[c"]"#])
    #expect(output.values.map(\.value) == ["0", "2"])
    #expect(output.discoveries.map(\.key) == ["apus.discovery[bytes]"])
    #expect(output.discoveries.map(\.value) == [#"[{"{#KEY0}":"a,b"},{"{#KEY0}":"c\""}]"#])
  }

  @Test func `discovery is told when keys are new, and now and then`() throws {
    let bytes = map("@bytes", [.string(capacity: 16)])
    var writer = try writer(bytes)
    func discovery(_ keys: [String], at seconds: Double) -> String? {
      writer.output(for: printed(bytes, keys.map { ($0, .unsigned(1)) }), at: moment(seconds)).discoveries
        .first?.value
    }
    #expect(discovery(["a"], at: 1) == #"[{"{#KEY0}":"a"}]"#)
    #expect(discovery(["a"], at: 2) == nil)
    #expect(discovery(["b"], at: 3) == #"[{"{#KEY0}":"a"},{"{#KEY0}":"b"}]"#)
    #expect(discovery(["b"], at: 602) == nil)
    #expect(discovery(["b"], at: 603) == #"[{"{#KEY0}":"a"},{"{#KEY0}":"b"}]"#)
    #expect(discovery(["b"], at: 3700) == #"[{"{#KEY0}":"b"}]"#)
    #expect(discovery([], at: 9999) == nil)
  }

  @Test func `the number of keys that are told is bounded`() {
    var keys = KnownKeys()
    let parts = (0..<KnownKeys.limit + 10).map { [KeyPart(name: "key0", text: "\($0)")] }
    let first = keys.update(with: parts, at: 1)
    #expect(first?.split(separator: ",").count == KnownKeys.limit)
    #expect(keys.update(with: parts, at: 2) == nil)
  }

  @Test func `stats are three items`() throws {
    let io = map("@io", [], .aggregation(.stats(isSigned: false)))
    var writer = try writer(io)
    let value = Value.stats(count: 4, average: .unsigned(10), total: .unsigned(40))
    let output = writer.output(for: printed(io, [("", value)], divisor: 5), at: moment(1))
    #expect(output.values.map(\.key) == ["apus.io.count", "apus.io.average", "apus.io.total"])
    #expect(output.values.map(\.value) == ["4", "2", "8"])
  }

  @Test func `members of tuples and records are items`() throws {
    let pair = map("@pair", [], .plain(.tuple([.uint64, .record([RecordField("x", .uint64)])])))
    var writer = try writer(pair)
    let value = Value.tuple([.unsigned(1), .record([.init("x", .text("y"))])])
    let output = writer.output(for: printed(pair, [("", value)]), at: moment(1))
    #expect(output.values.map(\.key) == ["apus.pair.0", "apus.pair.1.x"])
    #expect(output.values.map(\.value) == ["1", "y"])
  }

  @Test func `histograms are JSON, stacks lines, and truth a number`() throws {
    let any = map("@any", [], .plain(.uint64))
    var writer = try writer(any)
    func value(_ value: Value, divisor: Int = 1) -> String? {
      writer.output(for: printed(any, [("", value)], divisor: divisor), at: moment(1)).values.first?.value
    }
    let histogram = Histogram([
      .init(lower: nil, upper: 0, count: 2), .init(lower: 0, upper: 1, count: 0),
      .init(lower: 4, upper: 8, count: 6),
    ])
    #expect(
      value(.histogram(histogram))
        == #"[{"max": -1, "count": 2}, {"min": 0, "max": 0, "count": 0}, {"min": 4, "max": 7, "count": 6}]"#)
    #expect(value(.histogram(histogram), divisor: 2)?.contains(#""max": 7, "count": 3"#) == true)
    #expect(value(.stack([Array("f".utf8), Array("g".utf8)], .bpftrace)) == "f\ng")
    #expect(value(.bool(true)) == "1")
    #expect(value(.text("x")) == "x")
    let series = TimeSeries(
      interval: 1,
      points: [
        .init(start: 0, date: "", time: "", value: .unsigned(3)),
        .init(start: 1, date: "", time: "", value: .unsigned(5)),
        .init(start: 2, date: "", time: "", value: nil),
      ])
    #expect(value(.timeSeries(series)) == "5")
    #expect(value(.timeSeries(TimeSeries(interval: 1, points: []))) == nil)
  }

  @Test func `rates count from the last print, or from the last clear`() throws {
    let total = map("@total")
    var writer = try writer(total, rates: true)
    func rate(_ value: UInt64, at seconds: Double, isReset: Bool = false, divisor: Int = 1) -> String? {
      writer.output(
        for: printed(total, [("", .unsigned(value))], divisor: divisor, isReset: isReset), at: moment(seconds)
      )
      .values.first?.value
    }
    #expect(rate(100, at: 10) == "10")
    #expect(rate(150, at: 14) == "12.5")
    #expect(rate(150, at: 15) == "0")
    // It was removed and began anew.
    #expect(rate(7, at: 16) == "7")
    #expect(rate(8, at: 19, isReset: true) == "0.333333")
    #expect(rate(40, at: 29, isReset: true) == "4")
    #expect(rate(4096, at: 31, divisor: 1024) == "2")
    #expect(rate(4096, at: 31) == nil)
    writer.noteReset(of: "@total", at: moment(40))
    #expect(rate(6, at: 42) == "3")
    writer.begin(at: moment(100))
    #expect(rate(6, at: 101) == "6")
    #expect(rate(.max, at: 101.000000001) == "18446744073709551609000000000")
  }

  @Test func `rates of elements that were not printed every time`() throws {
    let bytes = map("@bytes", [.string(capacity: 16)])
    var writer = try writer(bytes, rates: true)
    func rates(_ elements: [(String, UInt64)], at seconds: Double, isWhole: Bool = true) -> [String] {
      writer.output(
        for: printed(bytes, elements.map { ($0, .unsigned($1)) }, isWhole: isWhole), at: moment(seconds)
      ).values.map(\.value)
    }
    #expect(rates([("a", 10)], at: 10, isWhole: false) == ["1"])
    // Not among the greatest before: it has grown since the start.
    #expect(rates([("a", 10), ("b", 40)], at: 20, isWhole: false) == ["0", "2"])
    #expect(rates([("a", 30)], at: 30) == ["2"])
    // New since all were printed.
    #expect(rates([("a", 30), ("c", 5)], at: 35) == ["0", "1"])
  }

  @Test func `negative sums have negative rates, and averages none`() throws {
    let sum = map("@sum", [], .aggregation(.sum(isSigned: true)))
    let least = map("@least", [], .aggregation(.minimum(isSigned: true)))
    let io = map("@io", [], .aggregation(.stats(isSigned: false)))
    var writer = try writer(sum, least, io, rates: true)
    #expect(
      writer.output(for: printed(sum, [("", .signed(-3))]), at: moment(2)).values.map(\.value) == ["-1.5"])
    #expect(
      writer.output(for: printed(least, [("", .signed(-3))]), at: moment(2)).values.map(\.value) == ["-3"])
    let value = Value.stats(count: 4, average: .unsigned(10), total: .unsigned(40))
    #expect(
      writer.output(for: printed(io, [("", value)], divisor: 4), at: moment(2)).values.map(\.value) == [
        "2", "2", "5",
      ])
  }

  @Test func `maps that are not printed are sent if none is`() throws {
    var scratch = map("@start", [.uint64])
    scratch.isScratch = true
    let total = map("@total")
    let all = try SentMaps(Manifest(maps: [scratch, total]), ofScript: "s", configuration)
    #expect(all.names == ["apus.total": "@total"])
    #expect(!all.arePrinted)
    let one = try SentMaps(
      Manifest(
        maps: [scratch, total], events: [EventDescription(action: .printElement(map: 0, divisor: nil))]),
      ofScript: "s",
      configuration)
    #expect(one.names == ["apus.start": "@start"])
    #expect(one.arePrinted)
  }

  @Test func `the nameless map is called as the script`() throws {
    var writer = try writer(map("@"))
    #expect(
      writer.output(for: printed(map("@"), [("", .unsigned(1))]), at: moment(1)).values.map(\.key) == [
        "apus.totals"
      ])
  }

  @Test func `what cannot be told apart is refused`() throws {
    var changed = self.configuration
    changed.template = try KeyTemplate("x[{subnet}]")
    let record = Type.record([RecordField("subnet", .string(capacity: 8))])
    let maps = manifest(map("@a", [record]), map("@b", [record]))
    #expect(throws: ZabbixFault.self) { try SentMaps(maps, ofScript: "s", changed) }
    #expect(throws: Never.self) { try SentMaps(manifest(map("@a", [record])), ofScript: "s", changed) }
    // A map without such a member.
    #expect(throws: ZabbixFault.self) {
      try SentMaps(manifest(map("@a", [.uint64])), ofScript: "s", changed)
    }
    changed.mapTemplates["@a"] = try KeyTemplate("y[{key0}]")
    #expect(throws: Never.self) { try SentMaps(manifest(map("@a", [.uint64])), ofScript: "s", changed) }
    // No key at all.
    changed.mapTemplates["@a"] = try KeyTemplate("y")
    #expect(throws: ZabbixFault.self) {
      try SentMaps(manifest(map("@a", [.uint64])), ofScript: "s", changed)
    }
  }

  @Test func `maps of several scripts must differ`() throws {
    let one = try SentMaps(manifest(map("@a")), ofScript: "one", configuration)
    let two = try SentMaps(manifest(map("@a")), ofScript: "two", configuration)
    #expect(
      throws: ZabbixFault(
        message: "'@a' of several scripts would be sent as 'apus.a'",
        hint: "put '{script}' into the key: \"--zabbix-key '{script}.{map}[{key}]'\"")
    ) { try SentMaps.check([one, two], configuration) }
    var changed = self.configuration
    changed.template = try KeyTemplate("{script}.{map}")
    let three = try SentMaps(manifest(map("@a")), ofScript: "three", changed)
    #expect(throws: Never.self) { try SentMaps.check([one, three], changed) }
    changed.mapTemplates["@zz"] = changed.template
    #expect(throws: ZabbixFault.self) { try SentMaps.check([one], changed) }
  }

  @Test(
    arguments: [(0, "0"), (1, "0.000001"), (-1_500_000, "-1.5"), (12_000_000, "12"), (1_000_010, "1.00001")]
      as [(Int128, String)])
  func `millionths are written as decimal numbers`(number: Int128, text: String) {
    #expect(decimal(ofMillionths: number) == text)
  }

}
