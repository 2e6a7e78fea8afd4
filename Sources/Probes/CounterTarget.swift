/// An event that the kernel or the processor counts, and how many of it make a probe fire.
public struct CounterTarget: Hashable, Codable, Sendable {

  /// Who counts.
  public enum Source: String, Hashable, Codable, Sendable {

    /// The kernel.
    case software

    /// The processor.
    case hardware

  }

  /// Who counts.
  public let source: Source

  /// The number of the event (`enum perf_sw_ids` and `enum perf_hw_id` in `include/uapi/linux/perf_event.h`).
  public let event: UInt64

  /// The number of events that make the probe fire.
  public let count: UInt64

  /// The process whose events count, nil for all.
  public let process: Int32?

  /// Creates an instance with the given properties.
  public init(source: Source, event: UInt64, count: UInt64, process: Int32? = nil) {
    self.source = source
    self.event = event
    self.count = count
    self.process = process
  }

  /// `true` iff nanoseconds are counted: those of `cpu-clock` and `task-clock`.
  public var isClock: Bool { source == .software && event <= 1 }

}

/// A name for something that is counted.
struct CounterEvent: Hashable, Sendable {

  /// The names, the preferred one first.
  let names: [String]

  /// The kernel's number.
  let number: UInt64

  /// The number of events that make a probe fire that does not say how many.
  let usualCount: UInt64

  /// Creates an instance with the given properties.
  private init(_ names: String..., number: UInt64, usualCount: UInt64) {
    self.names = names
    self.number = number
    self.usualCount = usualCount
  }

  /// Returns what `source` counts, sorted by name.
  static func all(of source: CounterTarget.Source) -> [CounterEvent] {
    switch source {
    case .software: software
    case .hardware: hardware
    }
  }

  /// What the kernel counts.
  private static let software = [
    CounterEvent("alignment-faults", number: 7, usualCount: 1),
    CounterEvent("bpf-output", number: 10, usualCount: 1),
    CounterEvent("context-switches", "cs", number: 3, usualCount: 1000),
    CounterEvent("cpu-clock", "cpu", number: 0, usualCount: 1_000_000),
    CounterEvent("cpu-migrations", number: 4, usualCount: 1),
    CounterEvent("dummy", number: 9, usualCount: 1),
    CounterEvent("emulation-faults", number: 8, usualCount: 1),
    CounterEvent("major-faults", number: 6, usualCount: 1),
    CounterEvent("minor-faults", number: 5, usualCount: 100),
    CounterEvent("page-faults", "faults", number: 2, usualCount: 100),
    CounterEvent("task-clock", number: 1, usualCount: 1_000_000),
  ]

  /// What processors count.
  private static let hardware = [
    CounterEvent("backend-stalls", number: 8, usualCount: 1_000_000),
    CounterEvent("branch-instructions", "branches", number: 4, usualCount: 100_000),
    CounterEvent("branch-misses", number: 5, usualCount: 100_000),
    CounterEvent("bus-cycles", number: 6, usualCount: 100_000),
    CounterEvent("cache-misses", number: 3, usualCount: 1_000_000),
    CounterEvent("cache-references", number: 2, usualCount: 1_000_000),
    CounterEvent("cpu-cycles", "cycles", number: 0, usualCount: 1_000_000),
    CounterEvent("frontend-stalls", number: 7, usualCount: 1_000_000),
    CounterEvent("instructions", number: 1, usualCount: 1_000_000),
    CounterEvent("ref-cycles", number: 9, usualCount: 1_000_000),
  ]

}
