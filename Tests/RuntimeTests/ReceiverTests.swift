import Output
import Synchronization
import Testing
import Types

@testable import Runtime

/// What those outside of the process are told of what is printed.
@Suite struct ReceiverTests {

  /// Someone who notes what is told.
  private final class Listener: OutputReceiver {

    /// What was told: maps, and the names of those that were cleared.
    let events = Mutex<[Event]>([])

    /// Something that was told.
    enum Event: Equatable {

      /// What was printed.
      case printed(PrintedMap)

      /// The map of the given name was cleared.
      case reset(String)

    }

    func begin() {}

    func receive(_ map: PrintedMap) { events.withLock { $0.append(.printed(map)) } }

    func noteReset(of map: MapDescription) { events.withLock { $0.append(.reset(map.name)) } }

    func finish() {}

    func losses() -> [(cause: Loss.Cause, total: UInt64)] { [] }

  }

  @Test func printsAndResets() {
    let map = MapDescription(
      name: "@x", key: [], value: .aggregation(.sum(isSigned: false)),
      storage: .global(offset: 40, presence: 32))
    let actions: [EventAction] = [
      .printMap(map: 0, top: nil, divisor: 10), .printMap(map: 0, top: 5, divisor: nil), .zero(map: 0),
      .clear(map: 0),
      .printMapAndReset(map: 0, top: nil, divisor: nil, keepsKeys: false),
      .printMap(map: 0, top: nil, divisor: nil),
    ]
    var manifest = Manifest(maps: [map], events: actions.map { EventDescription(action: $0) })
    manifest.globals.size = 48
    var globals = [UInt8](repeating: 0, count: 48)
    globals[32] = 1
    globals[40] = 42
    let listener = Listener()
    globals.withUnsafeMutableBytes { memory in
      let maps = MapStore(
        manifest: manifest, handles: [nil], globals: memory, decoder: ValueDecoder(following: manifest))
      var interpreter = EventInterpreter(
        maps: maps, sink: TextOutput(), clock: WallClock(), receivers: [listener])
      for index in [0, 1, 4, 5, 2, 3] {
        RecordWriter(of: manifest.events[index], at: UInt32(index)).bytes.withUnsafeBytes {
          interpreter.interpret($0)
        }
      }
      #expect(String(decoding: interpreter.buffer.output, as: UTF8.self) == "@x: 4\n@x: 42\n@x: 42\n@x: 0\n")
    }
    let contents = MapContents(name: "@x", isKeyed: false, elements: [.init(value: .unsigned(42))])
    let nothing = MapContents(name: "@x", isKeyed: false, elements: [.init(value: .unsigned(0))])
    #expect(
      listener.events.withLock { $0 } == [
        .printed(PrintedMap(map, contents, divisor: 10)), .printed(PrintedMap(map, contents, isWhole: false)),
        .printed(PrintedMap(map, contents, isReset: true)), .printed(PrintedMap(map, nothing)), .reset("@x"),
        .reset("@x"),
      ])
  }

}
