import Foundation
import Testing
import Types

@testable import BPF
@testable import Runtime

@Suite struct CapabilitiesTests {

  /// Effective capabilities, and what they lack for tracing.
  static let lacks: [(Capabilities, [String])] = [
    (.administer, []), ([.loadPrograms, .monitor], []), (.loadPrograms, ["CAP_PERFMON"]),
    ([.monitor, .readFiles], ["CAP_BPF"]), ([], ["CAP_BPF", "CAP_PERFMON"]),
  ]

  @Test(arguments: lacks)
  func whatTracingLacksIsNamed(effective: Capabilities, names: [String]) {
    #expect(Capabilities.missingForTracing(effective: effective) == names)
  }

  @Test(arguments: [
    ("5.15.0-91-generic", false), ("5.18.19", false), ("5.19.0", true), ("6.1.0-38-amd64", true),
    ("6.1", true),
    ("6.12-rc1", true), ("10.0", true), ("", false), ("x", false),
  ])
  func releasesThatAskForCapabilitiesOnlyToLoad(release: String, isNeededToLoadOnly: Bool) {
    #expect(Capabilities.areNeededToLoadOnly(inRelease: release) == isNeededToLoadOnly)
  }

  /// The need of a script that sends one kind of event.
  private static func need(_ action: EventAction, _ types: [Type] = []) -> Capabilities? {
    let event = EventDescription(action: action, fieldTypes: types)
    return Capabilities.needed(by: Manifest(events: [event]), startedProcess: false)?
      .subtracting(.toUseWhatIsLoaded)
  }

  @Test func scriptsNeedWhatTheyDo() {
    #expect(Self.need(.printValue, [.uint64]) == [])
    #expect(Self.need(.printValue, [.kernelStack(.bpftrace)]) == [])
    #expect(Self.need(.printValue, [.userStack(.raw)]) == [])
    #expect(Self.need(.printValue, [.tuple([.userStack(.perf)])]) == [.readFiles, .inspectProcesses])
    #expect(Self.need(.printValue, [.userSymbol]) == [.readFiles, .inspectProcesses])
    #expect(Self.need(.printValue, [.cgroupPath]) == [.readFiles])
    #expect(Self.need(.printValue, [.processName]) == [.inspectProcesses])
  }

  @Test func filesAndCommandsNeedMore() {
    let format = FormatString(pieces: [])
    #expect(Self.need(.cat(format)) == [.readFiles])
    #expect(Self.need(.system(format)) == nil)
    #expect(Capabilities.needed(by: Manifest(), startedProcess: true)?.contains(.signal) == true)
  }

  @Test func whatAThreadGivesUpIsGone() async {
    let lines = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        Capabilities.readFiles.keepInThread()
        let text = (try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)) ?? ""
        continuation.resume(returning: text.split(separator: "\n").map(String.init))
      }
    }
    for line in lines where line.hasPrefix("Cap") {
      let set = line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) }
      // Only whoever has CAP_SETPCAP can lower the limit.
      if line.hasPrefix("CapBnd"), geteuid() != 0 { continue }
      #expect(set.map { $0 & ~Capabilities.readFiles.rawValue } == 0, "\(line)")
    }
    #expect(lines.contains("NoNewPrivs:\t1"))
  }

}
