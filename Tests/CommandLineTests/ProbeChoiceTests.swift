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
    #expect(
      result.errors.contains(/HINT: the option '--max-probes \d\d\d' or 'config = { max_probes = \d\d\d }'/))
  }

  /// The option allows more probes than the script does, and as many programs, or fewer.
  @Test func maximumProbes() throws {
    let script =
      "config = { max_probes = 2; max_bpf_progs = 2 } interval:s:1 { } interval:s:2 { } interval:s:3 { }"
    let refused = try run(executable, ["--dry-run", "-e", script])
    #expect(
      refused.status == 1
        && refused.errors.contains("the script has 3 probes up to here, more than the limit of 2"))
    let allowed = try run(executable, ["--max-probes", "3", "--dry-run", "-e", script])
    #expect(allowed.status == 0 && allowed.output.contains("interval:s:3") && allowed.errors == "")
    let fewer = try run(executable, ["--max-probes", "1", "--dry-run", "-e", script])
    #expect(fewer.status == 1 && fewer.errors.contains("more than the limit of 1"))
    let programs = "config = { max_bpf_progs = 2 } interval:s:1 { } interval:s:2 { } interval:s:3 { }"
    let many = try run(executable, ["--dry-run", "-e", programs])
    #expect(many.status == 1)
    #expect(many.errors.contains("the script is compiled to 3 programs, more than the limit of 2"))
    #expect(many.errors.contains("'--max-probes 3' or 'config = { max_bpf_progs = 3 }'"))
    #expect(try run(executable, ["--max-probes", "3", "--dry-run", "-e", programs]).status == 0)
    for value in ["0", "-1", "many", ""] {
      let wrong = try run(executable, ["--max-probes", value, "-e", script])
      #expect(wrong.status == 1)
      #expect(wrong.errors == "apus: '--max-probes' takes a number of probes; '\(value)' is none\n")
    }
  }

  /// Returns the path of a new file that holds `text`.
  private func temporaryFile(_ text: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString)")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

}
