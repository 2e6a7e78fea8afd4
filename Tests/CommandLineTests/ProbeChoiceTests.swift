import Foundation
import TestSupport
import Testing

/// Options that say which probes there are and which of them are used.
@Suite struct ProbeChoiceTests {

  /// The functions that can be traced are those in a file of the user's.
  @Test func traceableFunctions() throws {
    let file = try temporaryFile("tcp_ack\ntcp_v4_rcv\nvfs_read [ext4]\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    func list(_ pattern: String) throws -> String {
      try run(executable, ["--traceable-functions", file, "-l", pattern]).output
    }
    #expect(try list("kprobe:tcp_*") == "kprobe:tcp_ack\nkprobe:tcp_v4_rcv\n")
    #expect(try list("kprobe:ext4:*") == "kprobe:ext4:vfs_read\n")
    let missing = try run(executable, ["--traceable-functions", "/nonexistent", "-l", "kprobe:*"])
    #expect(missing.status == 1 && missing.errors == "apus: there is no file '/nonexistent'\n")
  }

  /// A pattern that many functions match is answered at once.
  @Test func listingIsFast() throws {
    let names = (0..<60_000).map { "function_of_the_kernel_number_\($0)\n" }.joined()
    let file = try temporaryFile(names + "tcp_ack\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    let clock = ContinuousClock()
    var output = ""
    let time = try clock.measure {
      output = try run(executable, ["--traceable-functions", file, "-l", "kprobe:tcp_*"]).output
    }
    #expect(output == "kprobe:tcp_ack\n")
    // A fifth of a second in a release build on an idle machine; this is neither.
    #expect(time < .seconds(5))
  }

  /// Probes whose names do not match are neither listed nor used.
  @Test func probeFilter() throws {
    let listed = try run(executable, ["--probe-filter", "enter_open(at)?$", "-l", "t:syscalls:sys_enter_*"])
      .output
    #expect(listed == "tracepoint:syscalls:sys_enter_open\ntracepoint:syscalls:sys_enter_openat\n")
    let script = "begin { } t:syscalls:sys_enter_open* { } t:sched:* { }"
    let plan = try run(executable, ["--probe-filter", "openat$", "--dry-run", "-e", script]).output
    #expect(plan.contains("begin") && plan.contains("  1 tracepoint:syscalls:sys_enter_openat\n"))
    #expect(!plan.contains("sched") && !plan.contains("openat2"))
    let nothing = try run(executable, ["--probe-filter", "xyz", "-e", "t:sched:* { }"])
    #expect(nothing.status == 1 && nothing.errors.contains("ERROR: there are no probes to attach to"))
    let wrong = try run(executable, ["--probe-filter", "open(", "-e", "t:sched:* { }"])
    #expect(wrong.status == 1 && wrong.errors.hasPrefix("apus: '--probe-filter' takes a regular expression"))
  }

  /// More probes than are allowed are refused with their number, before anything is attached.
  @Test func tooManyProbes() throws {
    let script = "config = { max_probes = 5 } t:syscalls:sys_enter_* { }"
    let result = try run(executable, ["-e", script])
    #expect(result.status == 1)
    #expect(
      result.errors.contains(
        /ERROR: 't:syscalls:sys_enter_\*' denotes \d\d\d probes, more than the limit of 5/))
    #expect(result.errors.contains("HINT: 'config = { max_probes = "))
  }

  /// Returns the path of a new file that holds `text`.
  private func temporaryFile(_ text: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString)")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

}
