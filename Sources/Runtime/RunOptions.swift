public import Output
public import Types

/// How a script is run.
public struct RunOptions: Sendable {

  /// The form of the output.
  public var sink: any OutputSink = TextOutput()

  /// Those outside of the process who get what is printed of maps.
  public var receivers: [any OutputReceiver] = []

  /// The number of the open file that output goes to.
  public var descriptor: Int32 = 1

  /// When output is handed to the system.
  public var buffering = Buffering.batch

  /// `true` iff nothing is said that is not asked for or wrong.
  public var isQuiet = false

  /// `false` iff warnings that the script prints are left out.
  public var showsWarnings = true

  /// `true` iff attach points that were left out are reported.
  public var isVerbose = false

  /// `true` iff a run that loses anything counts as failed.
  public var isStrict = false

  /// What the script is run for.
  public var mode = RunMode.trace

  /// What is called once everything is attached, or the script has ended before anything was.
  public var whenAttached: @Sendable () -> Void = {}

  /// What is called every ten seconds while the script traces, as long as nothing holds it up.
  public var whenAlive: @Sendable () -> Void = {}

  /// What is called when tracing ends, before what is left is printed and detached.
  public var whenStopping: @Sendable () -> Void = {}

  /// Where others ask for what the script holds, nil if nobody does.
  public var snapshots: SnapshotRequests? = nil

  /// The maps that are shown to them, by index.
  public var exportedMaps: Set<Int> = []

  /// `true` iff the kernel counts how often programs run, and others are told.
  public var countsRuns = false

  /// What passes on the signals that the process gets, nil if the script is the only one that wants them.
  public var signals: SignalRelay? = nil

  /// Creates an instance with the default options.
  public init() {}

}
