import BPF
import Output
import Types

/// Does what the records of the ring buffer ask for.
struct EventInterpreter {

  /// What is done about a record, by the index that it starts with.
  private let plans: [EventPlan]

  /// `true` iff one of them may take long.
  private let somethingMayTakeLong: Bool

  /// The maps.
  let maps: MapStore

  /// The form of the output.
  let sink: any OutputSink

  /// Those outside of the process who get what is printed of maps.
  let receivers: [any OutputReceiver]

  /// The terminal that the output goes to, if there is one.
  let terminal: Terminal

  /// How wide the columns of tables have been so far.
  var tableWidths: [TableDescription: [Int]] = [:]

  /// Tells the time of day.
  private let clock: WallClock

  /// `true` iff warnings of the script are printed.
  private let showsWarnings: Bool

  /// The columns of lines of tables, by their headings.
  private var columns: [[String]: Columns] = [:]

  /// The headings of the line of a table that was printed last.
  private var lastHeadings: [String]? = nil

  /// What is to be written.
  var buffer = OutputBuffer()

  /// What is to be attached or detached.
  var requests: [SessionRequest] = []

  /// The calls of helpers, by index, of which a failure was reported.
  private(set) var reportedSites: Set<Int> = []

  /// The number of errors that the script has printed.
  private(set) var errorCount = 0

  /// The number of records.
  private(set) var recordCount: UInt64 = 0

  /// The number of records that could not be understood.
  private(set) var undecodableCount: UInt64 = 0

  /// Creates an instance that knows the events of `maps.manifest`.
  init(
    maps: MapStore, sink: any OutputSink, clock: WallClock, showsWarnings: Bool = true,
    terminal: Terminal = Terminal(descriptor: nil), receivers: [any OutputReceiver] = []
  ) {
    self.maps = maps
    self.receivers = receivers
    self.terminal = terminal
    self.sink = sink
    self.clock = clock
    self.showsWarnings = showsWarnings
    self.plans = maps.manifest.events.map { EventPlan($0) }
    self.somethingMayTakeLong = plans.contains { $0.mayTakeLong }
  }

  /// Does what `record` asks for.
  mutating func interpret(_ record: UnsafeRawBufferPointer) {
    let bytes = RawBytes(record)
    recordCount += 1
    guard let index = bytes.load(0, as: UInt32.self), index < plans.count else {
      undecodableCount += 1
      return
    }
    let plan = plans[Int(index)]
    let isUnderstood =
      if bytes.count < plan.event.size {
        false
      } else if let format = plan.format {
        plan.isPrintf ? printFormat(format, of: bytes) : useText(format, plan.event, of: bytes)
      } else {
        perform(plan.event, on: bytes)
      }
    if !isUnderstood { undecodableCount += 1 }
  }

  /// Returns `true` iff what `record` asks for may take long, so that what was printed before must not wait for it.
  func mayTakeLong(_ record: UnsafeRawBufferPointer) -> Bool {
    guard somethingMayTakeLong, let index = RawBytes(record).load(0, as: UInt32.self), index < plans.count
    else { return false }
    return plans[Int(index)].mayTakeLong
  }

  /// Prints the text of a format; returns `false` if a value is not all there.
  private mutating func printFormat(_ format: FormatPlan, of bytes: RawBytes) -> Bool {
    let decoder = maps.decoder
    var isComplete = true
    sink.formatted(to: &buffer) { isComplete = format.append(bytes, with: decoder, to: &$0) }
    return isComplete
  }

  /// Does what `event` asks for with the text that `format` makes; returns `false` if a value is not all there.
  private mutating func useText(_ format: FormatPlan, _ event: EventDescription, of bytes: RawBytes) -> Bool {
    var text: [UInt8] = []
    guard format.append(bytes, with: maps.decoder, to: &text) else { return false }
    switch event.action {
    case .message(_, let origin):
      if origin.level == .error { errorCount += 1 }
      if origin.level == .error || showsWarnings { sink.message(text, from: origin, to: &buffer) }
    case .cat:
      let path = String(decoding: text, as: UTF8.self)
      switch FileContents.read(path, atMost: maps.manifest.maximumCatBytes) {
      case .success(let contents): sink.file(contents, to: &buffer)
      case .failure(let error):
        buffer.messages.append(text: "apus: cannot read '\(path)': \(error.explanation)\n")
      }
    case .system:
      switch ShellCommand.output(of: text) {
      case .success(let output): sink.command(output, to: &buffer)
      case .failure(let error):
        buffer.messages.append(text: "apus: cannot run a shell: \(error.explanation)\n")
      }
    default: preconditionFailure("an event without a format")
    }
    return true
  }

  /// Prints the fields of `event` in columns with `headings`; returns `false` if they are not all there.
  private mutating func printRow(_ event: EventDescription, under headings: [String], of bytes: RawBytes)
    -> Bool
  {
    var values: [Value] = []
    for field in event.fields {
      guard let value = maps.decoder.value(of: field.type, at: field.offset, in: bytes) else { return false }
      values.append(value)
    }
    let startsTable = lastHeadings != headings
    lastHeadings = headings
    sink.row(
      values, in: &columns[headings, default: Columns(headings: headings, types: event.fields.map(\.type))],
      startsTable: startsTable, to: &buffer)
    return true
  }

  /// Prints the texts of `event` with `separator` between them; returns `false` if they are not all there.
  private mutating func join(_ event: EventDescription, with separator: [UInt8], of bytes: RawBytes) -> Bool {
    guard let first = event.fields.first, let count = bytes.load(first.offset, as: UInt64.self),
      count < event.fields.count
    else { return false }
    var text: [UInt8] = []
    for (index, field) in event.fields.dropFirst().prefix(Int(count)).enumerated() {
      guard case .string(let capacity) = field.type,
        let part = maps.decoder.textBytes(at: field.offset, capacity: capacity, in: bytes)
      else { return false }
      if index > 0 { text += separator }
      text.append(contentsOf: part.text)
    }
    sink.joined(text, to: &buffer)
    return true
  }

  /// Does what a record of any other kind asks for; returns `false` if a value is not all there.
  private mutating func perform(_ event: EventDescription, on bytes: RawBytes) -> Bool {
    switch event.action {
    case .printf, .message, .cat, .system, .exit: return true
    case .join(let separator): return join(event, with: separator, of: bytes)
    case .row(let headings): return printRow(event, under: headings, of: bytes)
    case .printValue:
      guard let field = event.fields.first,
        let value = maps.decoder.value(of: field.type, at: field.offset, in: bytes)
      else { return false }
      sink.value(value, to: &buffer)
      return true
    case .printElement(let map, let divisor): return printElement(of: map, dividedBy: divisor, event, bytes)
    case .printMap(let map, let top, let divisor):
      attempt("read", map) { store throws(SystemError) in
        try store.contents(of: map, keepingTop: top)
      }.map { printMap(map, $0, top, divisor, isReset: false) }
      return true
    case .printMapAndReset(let map, let top, let divisor, let keepsKeys):
      attempt("read", map) { store throws(SystemError) in
        try store.takeContents(of: map, keepingKeys: keepsKeys, keepingTop: top)
      }.map { printMap(map, $0, top, divisor, isReset: true) }
      return true
    case .table(let table):
      printTable(table)
      return true
    case .clearScreen:
      if terminal.isThere { sink.clearScreen(to: &buffer) }
      return true
    case .clear(let map):
      attempt("clear", map) { store throws(SystemError) in try store.clear(map) }.map { noteReset(of: map) }
      return true
    case .zero(let map):
      attempt("zero", map) { store throws(SystemError) in try store.zero(map) }.map { noteReset(of: map) }
      return true
    case .helperError(let index):
      guard let field = event.fields.first, let code = bytes.load(field.offset, as: Int64.self) else {
        return false
      }
      let site = maps.manifest.helperSites[index]
      sink.helperError(HelperFailure(site, code: code, count: 1), to: &buffer)
      reportedSites.insert(index)
      return true
    case .unwatch:
      guard let field = event.fields.first, let address = bytes.load(field.offset, as: UInt64.self) else {
        return false
      }
      requests.append(.unwatch(address))
      return true
    case .time(let format):
      guard let field = event.fields.first, let moment = bytes.load(field.offset, as: UInt64.self) else {
        return false
      }
      sink.time(clock.text(of: moment, as: format), to: &buffer)
      return true
    }
  }

  /// Prints the map with the given index, which holds `contents`, or held them until now iff it `isReset`.
  private mutating func printMap(
    _ index: Int, _ contents: MapContents, _ top: Int?, _ divisor: Int?, isReset: Bool
  ) {
    var contents = contents
    if contents.elements.isEmpty && !contents.isKeyed {
      let empty = maps.manifest.maps[index].emptyValue(with: maps.decoder)
      contents.elements = [MapContents.Element(value: empty)]
    }
    contents.sort(keepingTop: top)
    tell(index, contents, dividedBy: divisor, isWhole: (top ?? 0) == 0, isReset: isReset)
    contents.divide(by: divisor ?? 1)
    sink.map(contents, to: &buffer)
  }

  /// Prints one element of a map; returns `false` if a value is not all there.
  private mutating func printElement(
    of index: Int, dividedBy divisor: Int?, _ event: EventDescription, _ bytes: RawBytes
  ) -> Bool {
    let map = maps.manifest.maps[index]
    guard let presence = event.fields.first, let isSet = bytes.load(presence.offset, as: UInt8.self) else {
      return false
    }
    var value: Value? = nil
    if event.fields.count > map.key.count + 1, let field = event.fields.last {
      guard let plain = maps.decoder.value(of: field.type, at: field.offset, in: bytes) else { return false }
      value = isSet == 0 ? nil : plain
    } else {
      guard let key = keyBytes(of: map, in: event, bytes) else { return false }
      value =
        (attempt("read", index) { store throws(SystemError) in try store.value(of: index, forKey: key) })
        ?? nil
    }
    let shown = value ?? map.emptyValue(with: maps.decoder)
    var contents = MapContents(
      name: map.name, kind: map.kind, isKeyed: false, elements: [.init(value: shown)])
    tellElement(shown, of: map, dividedBy: divisor, event, bytes)
    contents.divide(by: divisor ?? 1)
    if map.key.isEmpty {
      sink.map(contents, to: &buffer)
    } else {
      sink.value(contents.elements[0].value, to: &buffer)
    }
    return true
  }

  /// Returns the bytes of the key whose parts are in the record behind its first field, as the kernel's map has them.
  private func keyBytes(of map: MapDescription, in event: EventDescription, _ bytes: RawBytes) -> [UInt8]? {
    let layout = map.keyLayout
    var key = [UInt8](repeating: 0, count: layout.size)
    for (field, (type, offset)) in zip(event.fields.dropFirst(), zip(map.key, layout.offsets)) {
      guard let part = bytes.slice(field.offset, count: type.size) else { return nil }
      key.replaceSubrange(offset..<offset + part.count, with: part)
    }
    return key
  }

  /// Returns what `body` does with the maps; if the kernel refuses, says so and returns nil.
  @discardableResult
  mutating func attempt<Result>(
    _ verb: String, _ map: Int, _ body: (MapStore) throws(SystemError) -> Result
  ) -> Result? {
    do {
      return try body(maps)
    } catch {
      buffer.messages.append(
        text: "apus: cannot \(verb) '\(maps.manifest.maps[map].name)': \(error.explanation)\n")
      return nil
    }
  }

}
