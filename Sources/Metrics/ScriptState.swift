public import Output

/// How a script is doing.
public struct ScriptState: Sendable {

  /// What the script holds, or held at its end.
  public let snapshot: Snapshot

  /// `true` iff the script has not ended.
  public let isRunning: Bool

  /// Creates an instance with the given properties.
  public init(_ snapshot: Snapshot, isRunning: Bool) {
    self.snapshot = snapshot
    self.isRunning = isRunning
  }

}

/// What the system knows about the process; nil is what it did not tell.
public struct ProcessFigures: Hashable, Sendable {

  /// The time that CPUs have spent for the process in nanoseconds.
  public var cpuTime: UInt64? = nil

  /// The memory that it has in bytes.
  public var residentMemory: UInt64? = nil

  /// The addresses that it has reserved in bytes.
  public var virtualMemory: UInt64? = nil

  /// The number of its open files.
  public var openFileCount: UInt64? = nil

  /// The number of files that it may open.
  public var openFileLimit: UInt64? = nil

  /// When it was started, in nanoseconds from the epoch.
  public var startTime: UInt64? = nil

  /// Creates an instance that knows nothing.
  public init() {}

}

/// What apus says about itself besides what is known of each script.
public struct ServerState: Sendable {

  /// The version of apus.
  public var version: String

  /// The number of times that metrics were asked for, this time included.
  public var scrapeCount: UInt64 = 0

  /// How long this time has taken until now in nanoseconds, asked for when everything else is written.
  public var scrapeTime: @Sendable () -> UInt64 = { 0 }

  /// What the system knows about the process.
  public var process = ProcessFigures()

  /// Further metrics, whose names start with `apus_`.
  public var families: [PlainFamily] = []

  /// Creates an instance with the given version.
  public init(version: String) { self.version = version }

}
