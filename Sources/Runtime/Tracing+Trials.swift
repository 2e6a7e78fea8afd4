import BPF
import Glibc
import Loading
import Output
import Probes
import Types

// Tests and benchmarks, which are run one after the other in place of tracing.
extension Tracing {

  /// Runs the tests of `session` and reports what became of each; the exit status is 1 iff one failed.
  ///
  /// A test fails if it returns another number than 0, ends tracing with such a status, or prints an error.
  mutating func runTests(_ session: borrowing Session, until interruption: Interruption) throws(RunError) {
    let tests = session.trials(.test)
    var report = TestReport(names: tests.map(\.name))
    for test in tests {
      if interruption.isRequested { return }
      if let offset = manifest.globals.words[.testStatus] {
        maps.globals.storeBytes(of: 0, toByteOffset: offset, as: UInt64.self)
      }
      let start = WallClock.now(CLOCK_MONOTONIC)
      do { try session.run(test.programIndex) } catch { throw .load(error) }
      let duration = WallClock.now(CLOCK_MONOTONIC) - start
      let (buffer, errorCount) = try takeEvents(of: TextOutput())
      let isPassed = errorCount == 0 && testStatus == 0 && exitStatus == 0
      clearExitRequest()
      report.results.append(
        .init(isPassed: isPassed, duration: UInt64(duration), output: buffer.output + buffer.messages))
      options.sink.test(report, to: &interpreter.buffer)
      try flush()
    }
    if !report.failures.isEmpty { trialStatus = 1 }
  }

  /// What the test that was run last has returned.
  private var testStatus: Int64 {
    manifest.globals.words[.testStatus].map {
      maps.globals.load(fromByteOffset: $0, as: Int64.self)
    } ?? 0
  }

  /// Runs the benchmarks of `session`, each many times, and reports how long each takes; nothing that they print is shown.
  mutating func runBenchmarks(_ session: borrowing Session, until interruption: Interruption) throws(RunError)
  {
    let benchmarks = session.trials(.benchmark)
    if benchmarks.isEmpty { return }
    let timing = try Self.startTiming()
    let overhead: Double
    do { overhead = try timing.emptyRunTime() } catch { throw .system(error) }
    var report = BenchmarkReport(names: benchmarks.map(\.name))
    for benchmark in benchmarks {
      if interruption.isRequested { return }
      let (time, count) = try measure(benchmark.programIndex, of: session)
      let average = max(0, Double(time) / Double(max(count, 1)) - overhead)
      report.results.append(.init(average: UInt64(average.rounded()), runCount: count))
      options.sink.benchmark(report, to: &interpreter.buffer)
      try flush()
    }
    extendLifetime(timing)
  }

  /// Lets the kernel note how long programs take.
  private static func startTiming() throws(RunError) -> ProgramTiming {
    do { return try ProgramTiming() } catch { throw .system(error) }
  }

  /// Runs the program with the given index for a quarter of a second, but no more than a million times, and returns the time in
  /// nanoseconds that the kernel noted and the number of runs.
  private mutating func measure(
    _ programIndex: Int, of session: borrowing Session
  ) throws(RunError) -> (time: UInt64, count: UInt64) {
    let before: ProgramStatistics
    do { before = try session.statistics(of: programIndex) } catch { throw .system(error) }
    let end = WallClock.now(CLOCK_MONOTONIC) + 250_000_000
    var count = 0
    repeat {
      do { for _ in 0..<1000 { try session.run(programIndex) } } catch { throw .load(error) }
      count += 1000
      _ = try takeEvents(of: TextOutput())
      clearExitRequest()
    } while count < 1_000_000 && WallClock.now(CLOCK_MONOTONIC) < end
    let after: ProgramStatistics
    do { after = try session.statistics(of: programIndex) } catch { throw .system(error) }
    return (after.runTime - before.runTime, after.runCount - before.runCount)
  }

  /// Returns what the records in the ring buffer ask to be printed by `sink`, and how many errors of the script that is.
  private mutating func takeEvents(
    of sink: any OutputSink
  ) throws(RunError) -> (buffer: OutputBuffer, errorCount: Int) {
    guard var ring = ring.take() else { return (OutputBuffer(), 0) }
    var other = EventInterpreter(maps: maps, sink: sink, clock: WallClock())
    ring.consume { record in
      other.interpret(record)
      return true
    }
    self.ring = consume ring
    return (other.buffer, other.errorCount)
  }

}
