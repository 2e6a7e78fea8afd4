import BPF
import Diagnostics
import Foundation
import IR
import Probes
import Testing
import Types

@testable import Loading

/// Scripts put together by hand, loaded into the running kernel.
@Suite(.serialized) struct SessionTests {

  /// A tracepoint that nothing but a call of `getppid` fires.
  static func tracepoint(_ event: String = "sys_enter_getppid") throws -> AttachTarget {
    let path = "/sys/kernel/tracing/events/syscalls/\(event)/id"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let id = try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    return .tracepoint(subsystem: "syscalls", event: event, id: id)
  }

  /// Programs of `begin`, `end` and timers run when the process says so.
  @Test func programsOfTheProcess() throws {
    var script = TestScript()
    script.add("begin", .testRun, .runAtBegin, at: [.begin]) { $0.countRuns(at: 0) }
    script.add("tick", .testRun, .timer, at: [.timer(period: 5_000_000)]) { $0.countRuns(at: 1) }
    script.add("end", .testRun, .runAtEnd, at: [.end]) { $0.countRuns(at: 2, ofProcess: getpid()) }
    var session = try script.load()
    #expect(session.attachedCount == 0)
    try session.runBegin()
    #expect(session.result(0) == 1)
    try session.attach()
    #expect(session.attachedCount == 3)
    #expect(session.timers.map(\.period) == [5_000_000])
    for timer in session.timers { try session.run(timer.programIndex) }
    #expect(session.result(1) == 1 && session.result(2) == 0)
    session.detach()
    try session.runEnd()
    #expect(session.result(2) == 1)
  }

  /// A program at several tracepoints sees the cookie of each, and is attached to each once.
  @Test func tracepointsWithCookies() throws {
    let pid = getpid()
    var script = TestScript()
    let enter = try SessionTests.tracepoint()
    let exit = try SessionTests.tracepoint("sys_exit_getppid")
    script.add("probe", .tracepoint, .perfTracepoint, at: [enter, enter, exit]) { b in
      b.countRuns(at: 0, ofProcess: pid)
      let cookie = b.call(.getAttachCookie, .context)
      let isLast = b.convert(b.binary(.equal, cookie, .constant(2, .i64)), .zeroExtend, to: .i64)
      let process = b.binary(.logicalShiftRight, b.call(.getCurrentPIDTGID), .constant(32, .i64))
      let isOurs = b.convert(b.binary(.equal, process, .constant(Int64(pid), .i64)), .zeroExtend, to: .i64)
      b.emit(
        .atomicAdd(Place(.globals, offset: GlobalsLayout.firstFree + 8), b.binary(.and, isLast, isOurs)))
    }
    var session = try script.load()
    try session.attach()
    #expect(session.attachedCount == 2 && session.skipped.map(\.point.name) == ["probe:1"])
    for _ in 0..<10 { _ = getppid() }
    #expect(session.result(0) == 20)
    #expect(session.result(1) == 10)
    session.detach()
    _ = getppid()
    #expect(session.result(0) == 20)
    #expect(session.misses().isEmpty)
  }

  /// A sampler runs on every CPU.
  @Test func clocks() throws {
    var script = TestScript()
    script.add("sample", .perfEvent, .perfClock, at: [.sampler(period: 1_000_000)]) { $0.countRuns(at: 0) }
    var session = try script.load()
    try session.attach()
    #expect(session.attachedCount == 1)
    let end = Date().addingTimeInterval(2)
    while session.result(0) < 20 && Date() < end { usleep(1000) }
    #expect(session.result(0) >= 20)
  }

  /// What a wildcard chose and the kernel refuses is left out; what was named is an error.
  @Test func refusedPoints() throws {
    let wrong = AttachTarget.tracepoint(subsystem: "none", event: "none", id: 0x7fff_fff0)
    let right = try SessionTests.tracepoint()
    var script = TestScript()
    script.add("probe", .tracepoint, .perfTracepoint, at: [wrong, right], byWildcard: true) {
      $0.countRuns(at: 0)
    }
    var session = try script.load()
    try session.attach()
    #expect(session.attachedCount == 1)
    #expect(session.skipped.map(\.point.name) == ["probe:0"])

    var named = TestScript()
    named.add("probe", .tracepoint, .perfTracepoint, at: [right, wrong]) { $0.countRuns(at: 0) }
    var strict = try named.load()
    var fault: LoadError? = nil
    do {
      try strict.attach()
    } catch {
      fault = error
    }
    let error = try #require(fault)
    #expect(error.message == "cannot attach to 'probe:1': the kernel has no such tracepoint any more")
    #expect(error.site(in: []).map { [$0.start, $0.end] } == [2, 5])
  }

  /// The verifier's refusal is put into words and mapped to the place in the script.
  @Test func verifierRefusal() throws {
    var script = TestScript()
    script.add("good", .testRun, .runAtBegin, at: [.begin]) { $0.countRuns(at: 0) }
    script.add("bad", .testRun, .runAtBegin, at: [.begin]) { b in
      b.emit(.position(4))
      b.countRuns(at: 0)
      b.emit(.position(6))
      let number = b.call(.ktimeGetNanoseconds)
      let address = b.convert(number, .toPointer, to: .pointer)
      guard case .register(let register) = address else { preconditionFailure("no register") }
      let value = b.load(.i64, from: Place(.register(register)))
      b.emit(.position(1))
      b.store(value, to: Place(.globals, offset: GlobalsLayout.firstFree))
    }
    var refusal: VerifierRefusal? = nil
    do {
      _ = try script.load()
    } catch LoadError.refusedByVerifier(let it) {
      refusal = it
    }
    let found = try #require(refusal)
    #expect(found.program == "bad")
    #expect(found.summary.hasPrefix("it reads memory that it may not read directly"))
    #expect(found.position == IRPosition(start: 6, end: 7))
    #expect(found.log.contains("invalid mem access"))
  }

  /// The verifier reports on programs that it accepts iff it is asked to.
  @Test func verifierLogs() throws {
    var script = TestScript()
    script.add("begin", .testRun, .runAtBegin, at: [.begin]) { $0.countRuns(at: 0) }
    let quiet = try script.load()
    let quietLogs = quiet.verifierLogs
    #expect(quietLogs.allSatisfy { $0.text.isEmpty })
    var options = LoadOptions()
    options.recordsVerifierLogs = true
    let session = try script.load(options)
    let logs = session.verifierLogs
    #expect(logs.map(\.program) == ["begin"])
    #expect(logs[0].text.contains("exit"))
  }

  /// A map that the kernel has no room for is an error with the map's name in the script.
  @Test func hugeMap() throws {
    let map = MapDescription(
      name: "@big", key: [.int64], value: .plain(.array(of: .int64, count: 15)),
      storage: .hash(.shared, capacity: 1 << 31))
    var script = TestScript(maps: [map])
    script.add("begin", .testRun, .runAtBegin, at: [.begin]) { $0.countRuns(at: 0) }
    var fault: LoadError? = nil
    do {
      _ = try script.load()
    } catch let error as LoadError {
      fault = error
    }
    #expect(try #require(fault).message.contains("'@big'"))
  }

  /// Attaching ends early if the user wants to stop, and nothing stays.
  @Test func interruption() throws {
    var script = TestScript()
    let target = try SessionTests.tracepoint()
    script.add("probe", .tracepoint, .perfTracepoint, at: [target]) { $0.countRuns(at: 0) }
    var options = LoadOptions()
    options.isInterrupted = { true }
    var fault: LoadError? = nil
    do {
      _ = try script.load(options)
    } catch let error as LoadError {
      fault = error
    }
    #expect(fault == .interrupted)
  }

  /// When a session ends, its files are closed.
  @Test func nothingLeaks() throws {
    let before = try openFiles()
    for _ in 0..<3 {
      var script = TestScript()
      let target = try SessionTests.tracepoint()
      script.add("probe", .tracepoint, .perfTracepoint, at: [target]) { $0.countRuns(at: 0) }
      var session = try script.load()
      try session.attach()
    }
    // Other suites load programs meanwhile, but not all the time, while what is leaked stays open.
    var after = try openFiles()
    for _ in 0..<5000 where after > before {
      usleep(2000)
      after = min(after, try openFiles())
    }
    #expect(after <= before)
  }

  /// Returns the number of open files that stand for programs, maps, links, type information or perf events.
  private func openFiles() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter { number in
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
      return target?.contains("bpf") == true || target?.contains("perf_event") == true
    }.count
  }

}
