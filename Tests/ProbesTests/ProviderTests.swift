import Diagnostics
import IR
import Kernel
import Probes
import Syntax
import TestSupport
import Testing
import Types

/// What providers find on a recorded kernel.
@Suite struct ProviderTests {

  /// Returns the attach points that `text` denotes.
  private func points(
    _ text: String, on kernel: RecordedKernel = RecordedKernel(), settings: Settings = Settings()
  ) throws -> [AttachPoint] {
    let site = SourceSpan(SourceFile(name: "test", text: text), from: 0, to: text.utf8.count)
    let spec = ProbeSpec(parts: text.split(separator: ":").map { Name(String($0), at: site) }, site: site)
    return try ProbeProviders.provider(of: spec).resolve(spec, on: kernel, settings: settings)
  }

  /// Returns what programs find at the first attach point that `text` denotes.
  private func context(
    _ text: String, on kernel: RecordedKernel = RecordedKernel()
  ) throws -> ProbeContext {
    let provider = try #require(ProbeProviders.provider(named: String(text.prefix { $0 != ":" })))
    return try provider.context(of: try #require(try points(text).first), on: kernel)
  }

  /// All units and ways to write periods.
  @Test(arguments: [
    ("interval:s:10", UInt64(10_000_000_000)), ("i:ms:5", 5_000_000), ("interval:us:7", 7000),
    ("interval:hz:100", 10_000_000), ("interval:1s", 1_000_000_000), ("i:250ms", 250_000_000),
    ("interval:99", 99), ("interval:1e6", 1_000_000), ("interval:1_000", 1000),
  ])
  func periods(text: String, period: UInt64) throws {
    let point = try #require(try points(text).first)
    #expect(point.target == .timer(period: period))
    #expect(point.name.hasPrefix("interval:"))
    let profile = try #require(try points("p" + text.drop { $0 != ":" }).first)
    #expect(profile.target == .sampler(period: period))
  }

  /// The list of functions has some names several times.
  @Test func wildcardsDenoteEachFunctionOnce() throws {
    let found = try points("kprobe:tcp_*")
    #expect(found.count == 31)
    #expect(found.map(\.name) == found.map(\.name).sorted())
    #expect(found.allSatisfy { $0.isChosenByWildcard && $0.name == "kprobe:\($0.function)" })
    #expect(try points("kprobe:dup_static").count == 1)
    #expect(
      try points("kprobe:*:dup_static").map(\.name) == ["kprobe:vmlinux:dup_static", "kprobe:nfs:dup_static"])
    #expect(
      try points("kr:nfsd:*").map(\.name) == ["kretprobe:nfsd:nfsd_dispatch", "kretprobe:nfsd:nfsd_read"])
  }

  /// A name with an offset.
  @Test func offsets() throws {
    let point = try #require(try points("k:tcp_ack+0x10").first)
    #expect(!point.isChosenByWildcard)
    #expect(point.name == "kprobe:tcp_ack+16")
    #expect(point.target == .kernelFunction(KernelFunctionTarget(function: "tcp_ack", offset: 16)))
  }

  /// Bare addresses are unsafe.
  @Test func addressesNeedPermission() throws {
    #expect(throws: ProbeFault.self) { try points("kprobe:0xffffffff81000000") }
    var settings = Settings()
    settings.allowsUnsafe = true
    let point = try #require(try points("kprobe:0xffffffff81000000", settings: settings).first)
    #expect(
      point.target == .kernelFunction(KernelFunctionTarget(function: "", address: 0xffff_ffff_8100_0000)))
  }

  /// Only wildcards need the list of functions.
  @Test func namedFunctionsAreTakenOnTrustWhereTheListCannotBeRead() throws {
    let kernel = RecordedKernel()
    kernel.functionsFault = KernelFault("no permission")
    #expect(try points("kprobe:anything", on: kernel).map(\.name) == ["kprobe:anything"])
    #expect(throws: ProbeFault.self) { try points("kprobe:any*", on: kernel) }
  }

  /// kprobe_multi attaches to entries and returns of functions by name alone.
  @Test func mechanismsOfKprobes() throws {
    let new = RecordedKernel()
    let old = RecordedKernel(features: Set(Feature.allCases).subtracting([.kprobeMulti]))
    let provider = try #require(ProbeProviders.provider(named: "kprobe"))
    for (text, kernel, mechanism, kind) in [
      ("k:tcp_ack", new, AttachMechanism.kprobeMulti, ProgramKind.kprobeMulti),
      ("k:tcp_ack", old, .perfKprobe, .kprobe), ("k:tcp_ack+8", new, .perfKprobe, .kprobe),
      ("k:nfsd:nfsd_read", new, .perfKprobe, .kprobe),
    ] {
      let point = try #require(try points(text).first)
      #expect(provider.mechanism(for: point, on: kernel) == mechanism)
      #expect(try provider.context(of: point, on: kernel).programKind == kind)
    }
  }

  /// Arguments and returned values are in registers.
  @Test func contextsOfKprobes() throws {
    let entry = try context("k:tcp_ack")
    #expect(entry.hasCookie && entry.hasFunction && entry.belongsToProcess)
    #expect(entry.arguments.count >= 6 && entry.arguments.allSatisfy { $0.type == .uint64 })
    #expect(entry.returnValue == nil && entry.fields == nil)
    let exit = try context("kr:tcp_ack")
    #expect(exit.arguments.isEmpty && exit.returnValue?.type == .uint64)
    #if arch(x86_64)
      #expect(entry.arguments.map(\.offset) == [112, 104, 96, 88, 72, 64])
      #expect(exit.returnValue?.offset == 80)
    #endif
  }

  /// Fields are typed by the tracepoint's format.
  @Test func contextsOfTracepoints() throws {
    let open = try context("t:syscalls:sys_enter_openat")
    let fileName = try #require(open.fields?.first { $0.name == "filename" })
    guard case .pointer(_, .user) = fileName.value.type else {
      Issue.record("not a pointer into the process: \(fileName.value.type)")
      return
    }
    #expect(fileName.value.offset == 24 && open.addressSpace == .user)
    let located = try #require(try context("t:sched:sched_process_exec").fields?.first)
    let character = Type.integer(IntegerType(width: 8, isSigned: true))
    #expect(located.isDataLocation && located.value.type == .pointer(to: character, .kernel))
    let switching = try context("t:sched:sched_switch")
    #expect(switching.fields?.first?.value.type == .string(capacity: 16))
    #expect(switching.addressSpace == .kernel)
  }

  /// `-p` narrows what runs on behalf of a process.
  @Test func processesOfTimers() throws {
    for (text, belongs) in [("begin", false), ("END", false), ("i:s:1", false), ("p:hz:99", true)] {
      #expect(try context(text).belongsToProcess == belongs)
    }
  }

  /// Without cookies every attach point needs a program of its own.
  @Test func cookiesOfOldKernels() throws {
    let kernel = RecordedKernel(features: [.kprobes, .tracepoints])
    #expect(try !context("k:tcp_ack", on: kernel).hasCookie)
  }

}
