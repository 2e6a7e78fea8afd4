import BPF
import Glibc
import Loading
import Output
import Probes
import Types

/// A run under way: where its events come from and where its output goes.
struct Tracing: ~Copyable {

  /// The process's end of the ring buffer, nil if no program sends events.
  var ring: RingBuffer?

  /// When the ring buffer is to be looked at again.
  var ringPace = RingPace.whenReadable

  /// What programs and process agree on.
  let manifest: Manifest

  /// How the script is run.
  let options: RunOptions

  /// The maps.
  let maps: MapStore

  /// Names addresses in processes, nil if the script has none.
  let symbolizer: (any UserSymbolizer)?

  /// Writes packets to files, nil if the script writes none.
  private(set) var packets: PacketCapture? = nil

  /// Does what events ask for.
  var interpreter: EventInterpreter

  /// Hands output to the system.
  var writer: OutputWriter

  /// `true` iff nobody reads the output any more.
  private(set) var isOutputClosed = false

  /// How many expirations of timers had no run of their own, by program index.
  var missedExpirations: [Int: UInt64] = [:]

  /// When those who ask what the script holds are answered.
  var snapshotPace = SnapshotPace()

  /// What was lost.
  var losses = LossLedger()

  /// How many failures of each call of a helper, by index, were reported.
  var reportedFailures: [Int: UInt64] = [:]

  /// The signals that the process gets: those that the script has probes on, and SIGUSR1, which asks for the maps.
  let signals: SignalQueue

  /// The exit status that tests ask for.
  var trialStatus: Int32 = 0

  /// The number of records that are read before anything else gets a turn.
  private static let batchLimit = 1 << 13

  /// Creates the run of `session`.
  init(
    _ session: borrowing Session, sharing manifest: Manifest, symbolizer: any UserSymbolizer,
    options: RunOptions
  ) throws(RunError) {
    let globals = UnsafeMutableRawBufferPointer(start: session.globals, count: manifest.globals.size)
    let alternating = try Self.alternatingMaps(of: session, sharing: manifest, globals)
    do { self.ring = try session.ringBuffer() } catch { throw .load(error) }
    let numbers = Set(session.signals.map(\.number) + [SIGUSR1])
    do {
      if let relay = options.signals {
        signals = try relay.queue(of: numbers)
      } else {
        signals = try SignalQueue(numbers)
      }
    } catch {
      throw .system(error)
    }
    var handles: [MapHandle?] = []
    for index in manifest.maps.indices { handles.append(session.map(index)) }
    if manifest.hasUserAddresses { symbolizer.start() }
    self.symbolizer = manifest.hasUserAddresses ? symbolizer : nil
    self.manifest = manifest
    self.options = options
    self.maps = MapStore(
      manifest: manifest, handles: handles, alternating: alternating, globals: globals,
      decoder: ValueDecoder(
        following: manifest, namingAddressesWith: symbolizer, stacks: session.stacks),
      retained: RetainedSums(of: options.exportedMaps, among: manifest.maps))
    self.interpreter = EventInterpreter(
      maps: maps, sink: options.sink, clock: WallClock(), showsWarnings: options.showsWarnings,
      terminal: Terminal(descriptor: options.descriptor), receivers: options.receivers)
    self.writer = OutputWriter(descriptor: options.descriptor, buffering: options.buffering)
  }

  /// Makes the files that `session` writes packets to.
  mutating func openPacketFiles(_ session: borrowing Session) throws(RunError) {
    if let map = session.packets { packets = try PacketCapture(map, writingTo: manifest.packetFiles) }
  }

  /// Leaves the time at which tracing begins where `elapsed` finds it.
  func markStart() {
    maps.globals.storeBytes(
      of: UInt64(bitPattern: WallClock.now(CLOCK_BOOTTIME)), toByteOffset: GlobalsLayout.startTime,
      as: UInt64.self)
    for (word, offset) in manifest.globals.words {
      guard let clock = word.clock else { continue }
      let lead = UInt64(bitPattern: WallClock.lead(of: clock))
      maps.globals.storeBytes(of: lead, toByteOffset: offset, as: UInt64.self)
    }
  }

  /// `true` iff the script called `exit`.
  var isExitRequested: Bool {
    maps.globals.load(fromByteOffset: GlobalsLayout.exitRequested, as: UInt32.self) != 0
  }

  /// The exit status of a strict run that has lost something.
  static let lossStatus: Int32 = 3

  /// The status that the script gave to `exit`, else that which tests ask for, 0 at first; but what was lost comes before what
  /// the script says.
  var exitStatus: Int32 {
    if options.isStrict && trialStatus == 0 && hasLosses { return Self.lossStatus }
    return isExitRequested
      ? maps.globals.load(fromByteOffset: GlobalsLayout.exitStatus, as: Int32.self) : trialStatus
  }

  /// Lets the script go on although it called `exit`.
  func clearExitRequest() {
    maps.globals.storeBytes(of: 0, toByteOffset: GlobalsLayout.exitRequested, as: UInt64.self)
  }

  /// Does what the records in the ring buffer ask for, and writes what is due; returns `true` iff it did not get to the end.
  mutating func readEvents() throws(RunError) -> Bool {
    guard var ring = ring.take() else { return false }
    symbolizer?.catchUp()
    var rest = Self.batchLimit
    var failure: WriteFailure? = nil
    let size = ring.consume { record in
      do throws(WriteFailure) {
        if interpreter.mayTakeLong(record) { try writer.write(&interpreter.buffer) }
        interpreter.interpret(record)
        rest -= 1
        try writer.writeAfterEvent(&interpreter.buffer)
      } catch {
        failure = error
      }
      return rest > 0 && failure == nil && !writer.isWaiting
    }
    if size == 0 { ring.releaseAll() }
    ringPace = writer.isWaiting ? .later : RingPace(afterReading: size, of: ring)
    self.ring = consume ring
    if failure == nil {
      do { try writer.writeAfterBatch(&interpreter.buffer) } catch { failure = error }
    }
    if let failure { try give(up: failure) }
    return rest <= 0
  }

  /// Does what all records in the ring buffer ask for, until nobody reads the output any more.
  mutating func readAllEvents() throws(RunError) {
    while try readEvents() && !isOutputClosed {}
  }

  /// Writes what could not be written before, for which there may be room now.
  mutating func resumeWriting() throws(RunError) {
    try flush()
    if ringPace == .later && !writer.isWaiting { ringPace = .atOnce }
  }

  /// Writes everything that is printed.
  mutating func flush() throws(RunError) {
    if isOutputClosed { return }
    do { try writer.write(&interpreter.buffer) } catch { try give(up: error) }
  }

  /// Ends quietly if nobody reads the output any more, else throws.
  private mutating func give(up failure: WriteFailure) throws(RunError) {
    switch failure {
    case .closed: isOutputClosed = true
    case .refused(let number): throw .output(errorNumber: number)
    }
  }

  /// Reports what is attached and, if that is asked for, what is not.
  mutating func report(attached count: Int, skipped: [SkippedPoint], pins: [String]) {
    for skip in skipped {
      if skip.isWarnedOf && options.showsWarnings {
        interpreter.buffer.messages.append(
          text: "WARNING: cannot attach to '\(skip.point.name)': \(skip.reason)\n")
      } else if options.isVerbose {
        interpreter.buffer.messages.append(text: "not attached to '\(skip.point.name)': \(skip.reason)\n")
      }
    }
    for pin in pins { interpreter.buffer.output.append(text: "Program pinned to \(pin)\n") }
    if !options.isQuiet { options.sink.attachedProbes(count, to: &interpreter.buffer) }
  }

  /// Reports which maps stay in `folder`, and which one does not because it has no name.
  mutating func report(pinned maps: [String], in folder: String?) {
    guard let folder, !maps.isEmpty else { return }
    if !options.isQuiet {
      interpreter.buffer.messages.append(
        text: "Left pinned in \(folder): \(maps.joined(separator: ", "))\n")
    }
    if manifest.maps.contains(where: { $0.name == "@" }) && options.showsWarnings {
      interpreter.buffer.messages.append(text: "WARNING: '@' has no name, so that it is not pinned\n")
    }
  }

}

extension GlobalWord {

  /// The clock whose lead the word holds, nil if it holds something else.
  fileprivate var clock: clockid_t? {
    switch self {
    case .atomicTimeLead: CLOCK_TAI
    case .realTimeLead: CLOCK_REALTIME
    case .testStatus: nil
    }
  }

}
