import BPF
import Foundation
import IR
import Probes
import Testing
import Types

@testable import Loading

/// Kprobes, on kernels that have them: run these in a guest.
@Suite(.serialized, .enabled(if: PerfEvent.kprobeSource() != nil, "the kernel has no kprobes"))
struct KprobeTests {

  /// The means by which the running kernel can attach to functions.
  static let mechanisms: [AttachMechanism] = {
    guard let program = try? KernelProbe.load(.kprobeMulti) else { return [.perfKprobe] }
    return KernelProbe.canAttachToManyFunctions(program, .kprobeMulti)
      ? [.perfKprobe, .kprobeMulti] : [.perfKprobe]
  }()

  /// The function that a call of `getppid` calls.
  private let function = "__x64_sys_getppid"

  /// Returns a script whose program counts its runs for this process as result 0, and adds up cookies as result 1.
  private func script(
    _ mechanism: AttachMechanism, at targets: [KernelFunctionTarget], byWildcard: Bool = false
  ) -> TestScript {
    let pid = getpid()
    var script = TestScript()
    let kind: ProgramKind = mechanism == .kprobeMulti ? .kprobeMulti : .kprobe
    script.add(
      "probe", kind, mechanism, at: targets.map { .kernelFunction($0) }, byWildcard: byWildcard
    ) { b in
      b.countRuns(at: 0, ofProcess: pid)
      let cookie = b.call(.getAttachCookie, .context)
      let process = b.binary(.logicalShiftRight, b.call(.getCurrentPIDTGID), .constant(32, .i64))
      let isOurs = b.convert(b.binary(.equal, process, .constant(Int64(pid), .i64)), .zeroExtend, to: .i64)
      b.emit(
        .atomicAdd(
          Place(.globals, offset: GlobalsLayout.firstFree + 8), b.binary(.multiply, cookie, isOurs)))
    }
    return script
  }

  /// Entry and return of a function are seen, each with its cookie.
  @Test(arguments: mechanisms)
  func entryAndReturn(_ mechanism: AttachMechanism) throws {
    let targets = [
      KernelFunctionTarget(function: "__x64_sys_getpgid"), KernelFunctionTarget(function: function),
      KernelFunctionTarget(function: function, isReturn: true),
    ]
    var session = try script(mechanism, at: targets).load()
    try session.attach()
    #expect(session.attachedCount == 3 && session.skipped.isEmpty)
    for _ in 0..<10 { _ = getppid() }
    #expect(session.result(0) == 20)
    #expect(session.result(1) == 10 * (1 + 2))
    session.detach()
    _ = getppid()
    #expect(session.result(0) == 20)
  }

  /// Functions that the kernel refuses are left out if a wildcard chose them, and the others are attached to.
  @Test(arguments: mechanisms)
  func refusedByWildcard(_ mechanism: AttachMechanism) throws {
    let names = [
      "no_such_function", "__x64_sys_getpgid", "linux_proc_banner", function, "another_missing_function",
      "__x64_sys_getsid",
    ]
    var session = try script(
      mechanism, at: names.map { KernelFunctionTarget(function: $0) }, byWildcard: true
    ).load()
    try session.attach()
    #expect(session.attachedCount == 3)
    #expect(
      Set(session.skipped.map(\.point.name)) == ["probe:0", "probe:2", "probe:4"])
    for _ in 0..<10 { _ = getppid() }
    #expect(session.result(0) == 10 && session.result(1) == 30)
  }

  /// A function that was named and that the kernel refuses is an error.
  @Test(arguments: mechanisms)
  func refusedByName(_ mechanism: AttachMechanism) throws {
    let names = [function, "no_such_function"]
    var session = try script(mechanism, at: names.map { KernelFunctionTarget(function: $0) }).load()
    var fault: LoadError? = nil
    do {
      try session.attach()
    } catch {
      fault = error
    }
    #expect(
      try #require(fault).message.hasPrefix("cannot attach to 'probe:1': the kernel has no such function"))
  }

  /// Many functions are attached to, and detached from, in bearable time.
  @Test(arguments: mechanisms)
  func manyFunctions(_ mechanism: AttachMechanism) throws {
    // The file has no size that it could be read by at once.
    let file = try #require(FileHandle(forReadingAtPath: "/sys/kernel/tracing/available_filter_functions"))
    let text = String(decoding: file.readDataToEndOfFile(), as: UTF8.self)
    let names = Set(
      text.split(separator: "\n").filter { $0.hasPrefix("tcp_") }.map { String($0.prefix { $0 != " " }) })
    var session = try script(
      mechanism, at: names.sorted().map { KernelFunctionTarget(function: $0) }, byWildcard: true
    ).load()
    let clock = ContinuousClock()
    let attaching = try clock.measure { try session.attach() }
    #expect(session.attachedCount + session.skipped.count == names.count)
    #expect(session.attachedCount > names.count * 9 / 10)
    let detaching = clock.measure { session.detach() }
    print(
      "\(mechanism.rawValue): attached to \(session.attachedCount) in \(attaching), detached in \(detaching)")
    print("skipped: \(session.skipped.map { "\($0.point.name): \($0.reason)" })")
    #expect(attaching < .seconds(60) && detaching < .seconds(120))
  }

}
