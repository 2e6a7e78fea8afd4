import Diagnostics
import IR
import Probes
import Syntax
import TestSupport
import Testing
import Types

/// Probes on events that the kernel or the processor counts.
@Suite struct CounterTests {

  /// Returns the attach points that `text` denotes for `process`, and what programs find at the first of them.
  private func resolve(
    _ text: String, process: Int32? = nil
  ) throws -> (points: [AttachPoint], context: ProbeContext) {
    let site = SourceSpan(SourceFile(name: "test", text: text), from: 0, to: text.utf8.count)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map {
      Name(String($0), at: site)
    }
    let spec = ProbeSpec(parts: parts, site: site)
    var settings = Settings()
    settings.targetPID = process
    let provider = try ProbeProviders.provider(of: spec)
    let kernel = RecordedKernel()
    let points = try provider.resolve(spec, on: kernel, settings: settings)
    for point in points { #expect(provider.mechanism(for: point, on: kernel) == .perfCounter) }
    return (points, try provider.context(of: points[0], on: kernel))
  }

  /// Names, short names and counts; the numbers are those of `include/uapi/linux/perf_event.h`.
  @Test(arguments: [
    ("hardware:cache-misses:1e6", CounterTarget.Source.hardware, UInt64(3), UInt64(1_000_000)),
    ("h:cycles:100", .hardware, 0, 100), ("hardware:branches", .hardware, 4, 100_000),
    ("hardware:ref-cycles:", .hardware, 9, 1_000_000), ("hardware:backend-stalls:7", .hardware, 8, 7),
    ("software:faults:100", .software, 2, 100), ("s:cs", .software, 3, 1000),
    ("software:bpf-output:5", .software, 10, 5), ("s:cpu:0x10", .software, 0, 16),
  ])
  func events(text: String, source: CounterTarget.Source, event: UInt64, count: UInt64) throws {
    let (points, context) = try resolve(text)
    #expect(points.map(\.target) == [.counter(CounterTarget(source: source, event: event, count: count))])
    #expect(points[0].name.hasPrefix("\(source.rawValue):"))
    #expect(context.programKind == .perfEvent && context.hasCookie && context.belongsToProcess)
  }

  /// A wildcard denotes each event once, whatever name of it matches.
  @Test func wildcards() throws {
    let (points, _) = try resolve("hardware:c*:9")
    #expect(
      points.map(\.name) == [
        "hardware:cache-misses:9", "hardware:cache-references:9", "hardware:cpu-cycles:9",
      ])
    #expect(points.filter(\.isChosenByWildcard).count == points.count)
    #expect(try resolve("hardware:*").points.count == 10)
    #expect(try resolve("software:*").points.count == 11)
  }

  /// New threads of the process have events without cookies.
  @Test func eventsOfOneProcessHaveNoCookies() throws {
    let (points, context) = try resolve("hardware:instructions:5", process: 77)
    let target = CounterTarget(source: .hardware, event: 1, count: 5, process: 77)
    #expect(points.map(\.target) == [.counter(target)])
    #expect(!context.hasCookie)
  }

  /// What `-l` lists.
  @Test func listing() throws {
    let names = listProbes(matching: "s:*faults", on: RecordedKernel()).entries.map(\.name)
    #expect(
      names == ["alignment", "emulation", "major", "minor", "page"].map { "software:\($0)-faults:" })
    #expect(listProbes(matching: "hardware:*", on: RecordedKernel()).entries.count == 10)
  }

}
