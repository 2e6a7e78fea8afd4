import Output
import Testing
import Types

@testable import Runtime

/// What is done about records, without a kernel: maps are in memory that stands in for `globals`.
@Suite struct EventTests {

  /// What happens to standard output and standard error, and how many records were not understood.
  private struct Outcome: Equatable {
    var output = ""
    var messages = ""
    var undecodableCount: UInt64 = 0
  }

  /// Returns what happens when `records` arrive.
  private func outcome(
    of records: [[UInt8]], _ manifest: Manifest, sink: any OutputSink = TextOutput(), globals: [UInt8] = []
  ) -> (Outcome, globals: [UInt8]) {
    var globals = globals
    let outcome = globals.withUnsafeMutableBytes { memory in
      let maps = MapStore(
        manifest: manifest, handles: manifest.maps.map { _ in nil }, globals: memory,
        decoder: ValueDecoder(following: manifest))
      var interpreter = EventInterpreter(maps: maps, sink: sink, clock: WallClock())
      for record in records { record.withUnsafeBytes { interpreter.interpret($0) } }
      return Outcome(
        output: String(decoding: interpreter.buffer.output, as: UTF8.self),
        messages: String(decoding: interpreter.buffer.messages, as: UTF8.self),
        undecodableCount: interpreter.undecodableCount)
    }
    return (outcome, globals)
  }

  /// Returns the description of a `printf` with the given format and types.
  private func printf(_ format: String, _ types: Type...) throws -> EventDescription {
    EventDescription(action: .printf(try FormatString.parse(Array(format.utf8))), fieldTypes: types)
  }

  @Test func formattedText() throws {
    let int8 = Type.integer(IntegerType(width: 8, isSigned: true))
    let event = try printf(
      "%s[%d] %5d|%-4s|%x %s\n", .string(capacity: 16), .uint32, int8, .string(capacity: 4), .bool, .probeName
    )
    var record = RecordWriter(of: event, at: 0)
    record.set("smbd", at: event.fields[0].offset)
    record.set(UInt32(4711), at: event.fields[1].offset)
    record.set(Int8(-3), at: event.fields[2].offset)
    record.set("ab", at: event.fields[3].offset)
    record.set(UInt8(1), at: event.fields[4].offset)
    let manifest = Manifest(events: [event], probes: [ProbeDescription(name: "kprobe:f")])
    #expect(
      outcome(of: [record.bytes], manifest).0 == Outcome(output: "smbd[4711]    -3|ab  |1 kprobe:f\n"))
    #expect(
      outcome(of: [record.bytes], manifest, sink: JSONOutput()).0.output
        == #"{"type": "printf", "data": "smbd[4711]    -3|ab  |1 kprobe:f\n"}"# + "\n")
  }

  @Test func cutTextHasATrailer() throws {
    let event = try printf("[%s|%12s]", .string(capacity: 8), .string(capacity: 8))
    var record = RecordWriter(of: event, at: 0)
    record.set("abcdefg", at: event.fields[0].offset)
    record.set("abcdefg", at: event.fields[1].offset)
    let manifest = Manifest(events: [event], truncationTrailer: "...", maximumStringLength: 8)
    #expect(outcome(of: [record.bytes], manifest).0.output == "[abcdefg...|  abcdefg...]")
  }

  @Test func recordsThatCannotBeUnderstood() throws {
    let event = try printf("%d\n", .int64)
    let manifest = Manifest(events: [event])
    let good = RecordWriter(of: event, at: 0).bytes
    let records: [[UInt8]] = [
      [], [0], Array(good.dropLast()), RecordWriter(of: event, at: 1).bytes,
      RecordWriter(of: event, at: .max).bytes,
      good,
    ]
    #expect(outcome(of: records, manifest).0 == Outcome(output: "0\n", undecodableCount: 5))
  }

  @Test func values() {
    let event = EventDescription(action: .printValue, fieldTypes: [.tuple([.int64, .string(capacity: 8)])])
    var record = RecordWriter(of: event, at: 0)
    record.set(Int64(5), at: 8)
    record.set("abc", at: 16)
    let manifest = Manifest(events: [event])
    #expect(outcome(of: [record.bytes], manifest).0.output == "(5, abc)\n")
    #expect(
      outcome(of: [record.bytes], manifest, sink: JSONOutput()).0.output
        == #"{"type": "value", "data": [5,"abc"]}"# + "\n")
  }

  /// A map without a key whose value is at 24 and whose presence is at 32.
  private let map = MapDescription(
    name: "@x", key: [], value: .plain(.int64), storage: .global(offset: 24, presence: 32))

  @Test func mapsInGlobals() {
    let actions: [EventAction] = [
      .printMap(map: 0, top: nil, divisor: nil), .zero(map: 0), .printMap(map: 0, top: nil, divisor: 10),
      .clear(map: 0),
      .exit,
    ]
    let events = actions.map { EventDescription(action: $0) }
    let manifest = Manifest(maps: [map], events: events, globals: GlobalsLayout(refusedUpdates: [], size: 40))
    var globals = RecordWriter(count: 40)
    globals.set(Int64(-57), at: 24)
    globals.set(UInt8(1), at: 32)
    func records(_ indices: UInt32...) -> [[UInt8]] {
      indices.map { RecordWriter(of: events[Int($0)], at: $0).bytes }
    }
    #expect(outcome(of: records(0, 4), manifest, globals: globals.bytes).0.output == "@x: -57\n")
    #expect(outcome(of: records(2), manifest, globals: globals.bytes).0.output == "@x: -5\n")
    let zeroed = outcome(of: records(1, 0), manifest, globals: globals.bytes)
    #expect(zeroed.0.output == "@x: 0\n")
    #expect(zeroed.globals[32] == 1)
    let cleared = outcome(of: records(3, 0), manifest, globals: globals.bytes)
    #expect(cleared.0.output == "@x: 0\n")
    #expect(cleared.globals[32] == 0)
    // Memory that is too small is not touched.
    #expect(
      outcome(of: records(1, 3, 0), manifest, globals: [UInt8](repeating: 0, count: 30)).0.output == "@x: 0\n"
    )
  }

  @Test func elements() {
    let keyed = MapDescription(
      name: "@m", key: [.int64], value: .plain(.int64), storage: .hash(.shared, capacity: 8))
    let single = EventDescription(action: .printElement(map: 0, divisor: nil), fieldTypes: [.bool, .int64])
    let element = EventDescription(
      action: .printElement(map: 1, divisor: nil), fieldTypes: [.bool, .int64, .int64])
    let manifest = Manifest(maps: [map, keyed], events: [single, element])
    var first = RecordWriter(of: single, at: 0)
    first.set(UInt8(1), at: single.fields[0].offset)
    first.set(Int64(300), at: single.fields[1].offset)
    var second = RecordWriter(of: element, at: 1)
    second.set(Int64(300), at: element.fields[2].offset)
    var third = second
    third.set(UInt8(1), at: element.fields[0].offset)
    #expect(outcome(of: [first.bytes, second.bytes, third.bytes], manifest).0.output == "@x: 300\n0\n300\n")
  }

  @Test func times() {
    let event = EventDescription(action: .time(format: "%Y!"), fieldTypes: [.uint64])
    var record = RecordWriter(of: event, at: 0)
    record.set(UInt64(1_000_000_000), at: 8)
    let text = outcome(of: [record.bytes], Manifest(events: [event])).0.output
    #expect(text.wholeMatch(of: #/20\d\d!/#) != nil)
  }

}
