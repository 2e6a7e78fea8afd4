/// The tests of a script, as far as they have run.
public struct TestReport: Hashable, Sendable {

  /// What became of a test.
  public struct Result: Hashable, Sendable {

    /// `true` iff it passed.
    public let isPassed: Bool

    /// The time that it took in nanoseconds.
    public let duration: UInt64

    /// What it printed.
    public let output: [UInt8]

    /// Creates an instance with the given properties.
    public init(isPassed: Bool, duration: UInt64, output: [UInt8]) {
      self.isPassed = isPassed
      self.duration = duration
      self.output = output
    }

  }

  /// The names of all tests.
  public let names: [String]

  /// The results of those that have run.
  public var results: [Result] = []

  /// Creates an instance for tests with the given names.
  public init(names: [String]) { self.names = names }

  /// The names of the tests that failed.
  public var failures: [String] { zip(names, results).filter { !$1.isPassed }.map { $0.0 } }

}

/// The benchmarks of a script, as far as they have run.
public struct BenchmarkReport: Hashable, Sendable {

  /// What was measured.
  public struct Result: Hashable, Sendable {

    /// The average time of a run in nanoseconds.
    public let average: UInt64

    /// The number of runs.
    public let runCount: UInt64

    /// Creates an instance with the given properties.
    public init(average: UInt64, runCount: UInt64) {
      self.average = average
      self.runCount = runCount
    }

  }

  /// The names of all benchmarks.
  public let names: [String]

  /// The results of those that have run.
  public var results: [Result] = []

  /// Creates an instance for benchmarks with the given names.
  public init(names: [String]) { self.names = names }

}
