public import IR
public import Types

/// What will be loaded and attached: data that can be printed and compared before anything happens.
public struct AttachPlan: Hashable, Codable, Sendable {

  /// The programs in the order of the script.
  public var programs: [PlannedProgram]

  /// What to do about a point that the script names and that the kernel refuses, as if there were no such probe.
  public var missingProbes: Settings.MissingProbes

  /// Creates an instance with the given properties.
  public init(programs: [PlannedProgram] = [], missingProbes: Settings.MissingProbes = .error) {
    self.programs = programs
    self.missingProbes = missingProbes
  }

  /// The number of attach points.
  public var pointCount: Int { programs.reduce(0) { $0 + $1.points.count } }

}

/// A program and what it will be attached to.
public struct PlannedProgram: Hashable, Codable, Sendable {

  /// The name of the program in the object.
  public var name: String

  /// What kind of program it is.
  public var kind: ProgramKind

  /// How it is attached.
  public var mechanism: AttachMechanism

  /// The places, at least one.
  public var points: [PlannedPoint]

  /// Creates an instance with the given properties.
  public init(
    name: String, kind: ProgramKind, mechanism: AttachMechanism, points: [PlannedPoint]
  ) {
    self.name = name
    self.kind = kind
    self.mechanism = mechanism
    self.points = points
  }

}

/// A place that a program will be attached to.
public struct PlannedPoint: Hashable, Codable, Sendable {

  /// The index into the manifest's probes, which is also the cookie.
  public let probeIndex: Int

  /// The place.
  public let point: AttachPoint

  /// Creates an instance with the given properties.
  public init(probeIndex: Int, point: AttachPoint) {
    self.probeIndex = probeIndex
    self.point = point
  }

}

/// The means by which a program is attached.
public enum AttachMechanism: String, Hashable, Codable, Sendable {

  /// Run by `BPF_PROG_TEST_RUN` when tracing begins.
  case runAtBegin = "run at begin"

  /// Run by `BPF_PROG_TEST_RUN` when tracing ends.
  case runAtEnd = "run at end"

  /// Run by `BPF_PROG_TEST_RUN` whenever a timer of the process expires.
  case timer

  /// Run by `BPF_PROG_TEST_RUN` whenever the process gets a signal.
  case signal

  /// Run once by `BPF_PROG_TEST_RUN` to see whether it fails.
  case test = "run as test"

  /// Run many times by `BPF_PROG_TEST_RUN` to see how long it takes.
  case benchmark = "run as benchmark"

  /// One `kprobe_multi` link for all places.
  case kprobeMulti = "kprobe_multi"

  /// One link for the entries and the returns of all functions; the return of a function has the cookie of its entry.
  case kprobeSession = "kprobe_session"

  /// One perf event on a kprobe for each place.
  case perfKprobe = "perf kprobe"

  /// One `uprobe_multi` link for all places in a file.
  case uprobeMulti = "uprobe_multi"

  /// One perf event on a uprobe for each place.
  case perfUprobe = "perf uprobe"

  /// One perf event on a tracepoint for each place.
  case perfTracepoint = "perf tracepoint"

  /// One perf event on each CPU's clock.
  case perfClock = "perf clock"

  /// One perf event on a debug register of each CPU, or of each thread of a process, for each place.
  case perfBreakpoint = "perf breakpoint"

  /// One perf event on each CPU, or on each thread of a process, for each place.
  case perfCounter = "perf counter"

  /// One trampoline, and one program made of the planned one, for each function.
  case trampoline

  /// One raw tracepoint for each program.
  case rawTracepoint = "raw tracepoint"

  /// One iterator, which runs once tracing has begun, or is pinned.
  case iterator

}

extension AttachMechanism {

  /// Returns `true` iff the kernel takes long to detach a program from `pointCount` places: it waits for grace periods of RCU
  /// for each single perf event, some 40 ms (`perf_trace_event_unreg` in `kernel/trace/trace_event_perf.c`), and for each
  /// trampoline, some 130 ms (`unregister_ftrace_direct` in `kernel/trace/ftrace.c`).
  public func isSlowToDetach(from pointCount: Int) -> Bool {
    [.perfKprobe, .perfTracepoint, .perfUprobe, .trampoline].contains(self) && pointCount >= 8
  }

}

extension PlannedProgram {

  /// `true` iff the kernel takes long to detach the program.
  public var isSlowToDetach: Bool { mechanism.isSlowToDetach(from: points.count) }

}
