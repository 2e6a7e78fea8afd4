/// What a compiled script and the process that runs it must agree on: maps, events, probe names.
///
/// The manifest is a value without references to the script, so that a compiled script can be stored.
public struct Manifest: Hashable, Codable, Sendable {

  /// The maps in the order of declaration, which is the order in which they are printed at exit.
  public var maps: [MapDescription]

  /// The kinds of events that programs send; the first word of a record is an index into this table.
  public var events: [EventDescription]

  /// The names of the maps that programs read or look for elements in, not only fill.
  public var mapsReadByPrograms: Set<String> = []

  /// The names of the maps that are not printed at exit: those that someone else made and that no program fills.
  public var mapsUnprintedAtExit: Set<String> = []

  /// The calls of helpers whose failures are reported.
  public var helperSites: [HelperSite] = []

  /// What `probe` and `func` mean, by probe index.
  public var probes: [ProbeDescription]

  /// The files that packets are written to.
  public var packetFiles: [String] = []

  /// Where stacks are kept, nil if no program records any.
  public var stacks: StackStorage?

  /// What tracing is narrowed to by maps.
  public var filters = TaskFilters()

  /// The layout of the variable `globals`.
  public var globals: GlobalsLayout

  /// The members of structures and the constants of enumerations that are printed.
  public var types = TypeTable()

  /// The size of the ring buffer in bytes: a power of two and a multiple of the page size.
  public var ringBufferSize: Int

  /// `true` iff all maps that are not empty are printed at exit.
  public var printsMapsAtExit: Bool

  /// What is printed behind text that was cut.
  public var truncationTrailer: String

  /// The greatest number of bytes of a string, the zero byte included: text that needs them all counts as cut.
  public var maximumStringLength: Int

  /// The greatest number of bytes that `cat` prints of a file.
  public var maximumCatBytes = Settings().maximumCatBytes

  /// Creates an instance with the given properties.
  public init(
    maps: [MapDescription] = [], events: [EventDescription] = [], probes: [ProbeDescription] = [],
    globals: GlobalsLayout = GlobalsLayout(), ringBufferSize: Int = 1 << 22,
    printsMapsAtExit: Bool = true, truncationTrailer: String = "..", maximumStringLength: Int = 1024
  ) {
    self.maps = maps
    self.events = events
    self.probes = probes
    self.globals = globals
    self.ringBufferSize = ringBufferSize
    self.printsMapsAtExit = printsMapsAtExit
    self.truncationTrailer = truncationTrailer
    self.maximumStringLength = maximumStringLength
  }

}

/// An attach point as the values of `probe` and `func` see it.
public struct ProbeDescription: Hashable, Codable, Sendable {

  /// The full name: `kprobe:tcp_ack`.
  public let name: String

  /// The function: `tcp_ack`; empty where the probe is in none.
  public let function: String

  /// Creates an instance with the given properties.
  public init(name: String, function: String = "") {
    self.name = name
    self.function = function
  }

}

/// The layout of the one writable global variable that programs and process share.
///
/// It is mapped into the process, so that reading a value costs no system call.
public struct GlobalsLayout: Hashable, Codable, Sendable {

  /// The offset of a 32-bit word that is 1 once `exit` was called.
  public static let exitRequested = 0

  /// The offset of the 32-bit exit status that was given to `exit`.
  public static let exitStatus = 4

  /// The offset of a 64-bit count of the events of the first program that sends any that did not fit into the ring buffer.
  public static let lostEvents = 8

  /// The offset of the 64-bit value of the boot-time clock at which tracing began, which `elapsed` subtracts.
  public static let startTime = 16

  /// The offset of a 64-bit word that is not 0 before everything is attached and once tracing is over.
  ///
  /// Programs that the kernel takes long to attach to their places and to detach do nothing as long as it is not, so that all
  /// places begin and end at one moment.
  public static let tracingIsOff = 24

  /// The offset of the first byte behind the fixed part.
  public static let firstFree = 32

  /// For each map, the offset of a 64-bit count of the updates that it refused, by map index.
  public var refusedUpdates: [Int]

  /// The offsets of 64-bit words that only some scripts need.
  public var words: [GlobalWord: Int] = [:]

  /// For programs that send events, by name, the offset of a 64-bit count of those that did not fit into the ring buffer.
  public var lostEventCounts: [String: Int] = [:]

  /// For programs that may be run while a run of them waits, by name, the offset of a 64-bit count of the runs for which there
  /// was no scratch memory.
  public var runsWithoutMemory: [String: Int] = [:]

  /// The number of bytes in all.
  public var size: Int

  /// Creates an instance with the given properties.
  public init(refusedUpdates: [Int] = [], size: Int = GlobalsLayout.firstFree) {
    self.refusedUpdates = refusedUpdates
    self.size = size
  }

  /// Returns the offset of a new 64-bit word.
  public mutating func addWord() -> Int {
    defer { size += 8 }
    return size
  }

}

/// A 64-bit word that the process fills in before anything runs, for scripts that need it.
public enum GlobalWord: String, Hashable, Codable, Sendable {

  /// How many nanoseconds the clock of International Atomic Time is ahead of the boot-time clock.
  case atomicTimeLead

  /// How many nanoseconds the time of day is ahead of the boot-time clock.
  case realTimeLead

  /// What the test that is being run has returned; 0 at first.
  case testStatus

}
