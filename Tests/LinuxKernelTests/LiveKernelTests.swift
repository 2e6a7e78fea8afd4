import Foundation
import Kernel
import Testing
import Types

@testable import LinuxKernel

/// The running kernel, asked natively. Tests of what not every kernel has check first that this one should have it.
@Suite struct LiveKernelTests {

  /// The release is what `uname` says.
  @Test func release() throws {
    let osrelease = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
    #expect(LiveKernel().release == osrelease.trimmingCharacters(in: .newlines))
  }

  /// Features that every kernel that these tests run on has.
  @Test(arguments: [Feature.tracepoints, .ringBuffer, .attachCookie, .currentTaskBTF, .testRun, .btf])
  func hasFeature(_ feature: Feature) {
    #expect(LiveKernel().status(of: feature) == .available)
  }

  /// A feature that is hidden is missing.
  @Test func hiding() {
    #expect(LiveKernel(hiding: [.ringBuffer]).status(of: .ringBuffer) == .missing)
  }

  /// Kprobes are there iff the kernel has a source of such events, and kprobe_multi only then.
  @Test func kprobes() {
    let kernel = LiveKernel()
    let hasSource = FileManager.default.fileExists(atPath: "/sys/bus/event_source/devices/kprobe/type")
    #expect(kernel.status(of: .kprobes).isAvailable == hasSource)
    if !hasSource {
      #expect(kernel.status(of: .kprobeMulti) == .missing)
      #expect(throws: KernelFault.self) { try kernel.traceableFunctions() }
    }
  }

  /// Tracepoints are found by name and listed in order.
  @Test func tracepoints() throws {
    let kernel = LiveKernel()
    let subsystems = try kernel.tracepointSubsystems()
    #expect(subsystems.contains("syscalls") && subsystems == subsystems.sorted())
    let events = try kernel.tracepoints(in: "sched")
    #expect(events.contains("sched_switch") && events == events.sorted())
    #expect(!events.contains("enable"))
    #expect(try kernel.tracepoints(in: "no_such_subsystem").isEmpty)
    #expect(try kernel.format(ofTracepoint: "no_such_event", in: "sched") == nil)
    #expect(try kernel.format(ofTracepoint: "../sched/sched_switch", in: "sched") == nil)
    let format = try #require(try kernel.format(ofTracepoint: "sched_switch", in: "sched"))
    #expect(format.fields.contains { $0.name == "prev_comm" && $0.type == .string(capacity: 16) })
  }

  /// Every format file of the kernel is understood.
  @Test func everyFormat() throws {
    let kernel = LiveKernel()
    var count = 0
    for subsystem in try kernel.tracepointSubsystems() where subsystem != "ftrace" {
      for event in try kernel.tracepoints(in: subsystem) {
        let format = try #require(try kernel.format(ofTracepoint: event, in: subsystem))
        let path = "/sys/kernel/tracing/events/\(subsystem)/\(event)/format"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let declared = text.split(separator: "\n").filter {
          $0.contains("field:") && !$0.contains(" common_")
        }
        #expect(format.fields.count == declared.count, "\(subsystem):\(event)")
        count += 1
      }
    }
    #expect(count > 100)
  }

  /// The offsets of members are those that bpftool prints.
  @Test(arguments: ["task_struct", "sock", "file", "sock_common"])
  func layouts(_ tag: String) throws {
    let kernel = LiveKernel()
    let layout = try #require(kernel.layout(of: StructureName(.struct, tag)))
    let reference = try Reference(structure: tag)
    #expect(layout.size == reference.size)
    var compared = 0
    for (name, offset) in reference.offsets {
      guard let member = layout[name] else { continue }
      #expect(member.offset == offset, "\(tag).\(name)")
      compared += 1
    }
    #expect(compared > reference.offsets.count / 2 && compared > 0)
  }

  /// Enumerations, names for types, bit fields and alignments are found too.
  @Test func definitions() throws {
    let kernel = LiveKernel()
    let kinds = try #require(kernel.enumeration(named: "pid_type"))
    #expect(kinds["PIDTYPE_PID"]?.value == 0)
    #expect(kinds.type == .uint32)
    let constant = try #require(kernel.constant(named: "PIDTYPE_TGID"))
    #expect(constant.enumeration == "pid_type" && constant.value == 1)
    #expect(kernel.constant(named: "NO_SUCH_CONSTANT") == nil)
    #expect(kernel.enumeration(named: "no_such_enumeration") == nil)
    #expect(kernel.type(named: "size_t") == .uint64)
    #expect(kernel.type(named: "no_such_type_t") == nil)
    let counter = StructureName(.struct, "atomic_t")
    #expect(kernel.type(named: "atomic_t") == .structure(StructureType(counter)))
    #expect(kernel.layout(of: counter)?["counter"]?.type == .int32)
    #expect(kernel.layout(of: counter)?.alignment == 4)
    #expect(kernel.layout(of: StructureName(.struct, "in6_addr"))?.alignment == 4)
    let task = try #require(kernel.layout(of: StructureName(.struct, "task_struct")))
    #expect(task.alignment == 8)
    #expect(task["in_execve"]?.bits?.width == 1)
  }

  /// Types of members are resolved.
  @Test func memberTypes() throws {
    let kernel = LiveKernel()
    let task = try #require(kernel.layout(of: StructureName(.struct, "task_struct")))
    #expect(task["comm"]?.type == .array(of: .integer(IntegerType(width: 8, isSigned: true)), count: 16))
    #expect(task["tgid"]?.type == .int32)
    #expect(
      task["real_parent"]?.type
        == .pointer(to: .structure(StructureType(StructureName(.struct, "task_struct"))), .kernel))
    #expect(task["no_such_member"] == nil)
    // Members of anonymous members stand in their place.
    let common = try #require(kernel.layout(of: StructureName(.struct, "sock_common")))
    #expect(common["skc_daddr"]?.offset == 0)
    #expect(common["skc_num"]?.type == .integer(IntegerType(width: 16, isSigned: false)))
    #expect(kernel.layout(of: StructureName(.struct, "no_such_structure")) == nil)
    #expect(kernel.layout(of: StructureName(.union, "task_struct")) == nil)
    // Asked for after everything was searched.
    #expect(kernel.layout(of: StructureName(.struct, "sock")) != nil)
  }

}

/// The members of a structure as bpftool lists them.
private struct Reference {

  /// The number of bytes.
  var size = 0

  /// The offsets of the named members in bytes, bit fields left out.
  var offsets: [String: Int] = [:]

  /// Creates an instance for the structure with the given tag.
  init(structure tag: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/sbin/bpftool")
    process.arguments = ["btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "raw"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    var isInside = false
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("[") {
        if isInside { return }
        isInside = line.contains("] STRUCT '\(tag)' ")
        if isInside { size = Int(line.split(separator: " ")[3].dropFirst("size=".count)) ?? 0 }
      } else if isInside {
        let parts = line.split(separator: "'")
        guard parts.count > 1, !line.contains("bitfield_size"),
          let bits = line.split(separator: " ").first(where: { $0.hasPrefix("bits_offset=") }),
          let number = Int(bits.dropFirst("bits_offset=".count)), number % 8 == 0
        else { continue }
        if !line.contains("'(anon)'") { offsets[String(parts[1])] = number / 8 }
      }
    }
  }

}
