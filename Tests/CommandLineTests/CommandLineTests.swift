import Foundation
import TestSupport
import Testing

/// What users see of the executable before it traces: help, versions, mistakes, exit statuses.
@Suite struct CommandLineTests {

  @Test func help() throws {
    let result = try run(executable, ["--help"])
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(try run(executable, ["-h"]).output == result.output)
    for example in GoldenCase.all(withSuffix: "help") { example.expect(result.output, as: "output") }
  }

  @Test func versions() throws {
    #expect(try run(executable, ["-V"]).output == "apus 0.1.0\n")
    let detailed = try run(executable, ["-vV"]).output
    #expect(detailed.contains(/LLVM 19\.[0-9.]+\n/) && detailed.contains(/libbpf 1\.[0-9]+\n/))
  }

  @Test func information() throws {
    let result = try run(executable, ["--info"])
    #expect(result.status == 0)
    for word in ["kernel ", "privileges ", "tracefs ", "kprobe_multi ", "btf "] {
      #expect(result.output.contains("\n\(word)"), "\(word)")
    }
  }

  /// Command lines that make no sense: one sentence, nothing on standard output, exit status 1.
  @Test(
    arguments: [
      ([], "apus: there is no script; give a FILE or -e 'PROGRAM', or see 'apus --help'\n"),
      (["--fromat"], "apus: unknown option '--fromat'; 'apus --help' lists the options\n"),
      (["--verbos"], "apus: unknown option '--verbos'; did you mean '--verbose'?\n"),
      (["/nonexistent.bt"], "apus: there is no file '/nonexistent.bt'\n"),
      (["/"], "apus: '/' is a directory, not a script\n"),
      (["/dev/zero"], "apus: '/dev/zero' is no script: it has more than 16 MiB\n"),
      (["-p", "999999999", "-e", "BEGIN { }"], "apus: there is no process 999999999\n"),
      (["-c", "/nonexistent", "-e", "BEGIN { }"], "apus: cannot start '/nonexistent': no such program\n"),
      (
        ["--cgroupmap", "/dev/null", "-e", "BEGIN { }"],
        "apus: '--cgroupmap': '/dev/null' is a plain file, no map is pinned to it; "
          + "maps are pinned in a BPF file system, such as /sys/fs/bpf\n"
      ),
      (["--mntnsmap", "/", "-e", "BEGIN { }"], "apus: '--mntnsmap': '/' is a directory, not a pinned map\n"),
      (["--cgroup", "/dev/null", "-e", "BEGIN { }"], nil),
      (["--metrics", "256.0.0.1:0", "-e", "BEGIN { }"], nil),
      (["--metrics", "0", "--web-config", "/nonexistent", "-e", "BEGIN { }"], nil),
      (
        ["--metrics", "0", "-e", "BEGIN { exit(); }", "/nonexistent.bt"],
        "apus: there is no file '/nonexistent.bt'\n"
      ),
      (["--fmt"], "apus: there is no script; give a FILE or -e 'PROGRAM', or see 'apus --help'\n"),
      (["-d", "everything", "-e", "BEGIN { }"], nil),
      (["-o", "/nonexistent/file", "-e", "BEGIN { }"], nil),
    ] as [([String], String?)])
  func mistakes(arguments: [String], sentence: String?) throws {
    let result = try run(executable, arguments)
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(
      result.errors.hasPrefix("apus: ") && result.errors.split(separator: "\n").count == 1, "\(result.errors)"
    )
    if let sentence { #expect(result.errors == sentence) }
  }

  /// Scripts that make no sense: a place, the line, a marker, exit status 1.
  @Test(arguments: [
    (
      "BEGIN { printf(\"%d\\n\", pidd); }",
      "stdin:1:24-27: ERROR: unknown builtin 'pidd'; did you mean 'pid'?"
    ),
    ("tracepoint:syscalls:sys_enter_opanat { @ = count(); }", "stdin:1:21-36: ERROR: unknown tracepoint"),
    ("kprob:tcp_ack { @ = count(); }", "stdin:1:1-5: ERROR: "),
    ("BEGIN { $a = 1; $a = \"x\"; }", "stdin:1:"),
    ("BEGIN { print(\"x); }", "stdin:1:15"),
    ("BEGIN {", "stdin:1:"),
    ("", "stdin:1:1-1: ERROR: "),
  ])
  func faultyScripts(script: String, beginning: String) throws {
    let result = try run(executable, ["-e", script])
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix(beginning), "\(result.errors)")
  }

  /// What environment variables say is checked, and a limit of programs is kept.
  @Test func settings() throws {
    let script = ["--dry-run", "-e", "BEGIN { } interval:s:1 { exit(); } interval:s:2 { exit(); }"]
    let command = "exec '\(executable)' \(script.map { "'\($0)'" }.joined(separator: " "))"
    let wrong = try run("/bin/sh", ["-c", "BPFTRACE_MAX_STRLEN=many \(command)"])
    #expect(
      wrong.errors
        == "apus: the environment variable 'BPFTRACE_MAX_STRLEN' must be a number from 2 to 16384, not 'many'\n"
    )
    let few = try run("/bin/sh", ["-c", "BPFTRACE_MAX_BPF_PROGS=2 \(command)"])
    #expect(few.status == 1)
    #expect(
      few.errors.hasPrefix(
        "apus: the script is compiled to 3 programs, more than the limit of 2; the option"))
    #expect(try run("/bin/sh", ["-c", "BPFTRACE_MAX_BPF_PROGS=3 \(command)"]).status == 0)
  }

  /// A script of a thousand statements is no burden, and one of a million letters is refused or run, never a crash.
  @Test func hugeScripts() throws {
    let many = "BEGIN { " + String(repeating: "@a[1] = count(); ", count: 300) + "exit(); }"
    #expect(try run(executable, ["-d", "plan", "-e", many]).status == 0)
    let deep = "BEGIN { @ = " + String(repeating: "(", count: 50_000) + "1; }"
    #expect(try run(executable, ["-e", deep]).status == 1)
  }

  @Test func stages() throws {
    for stage in ["ast", "types", "ir", "plan", "codegen", "codegen-opt", "dis"] {
      let result = try run(executable, ["-d", stage, "-e", "interval:s:1 { @x = count(); }"])
      #expect(result.status == 0 && !result.output.isEmpty && result.errors.isEmpty, "\(stage): \(result)")
    }
  }

  @Test func formatting() throws {
    let good = try run(executable, ["--fmt", "-e", "kprobe:$1{exit()} // end"])
    #expect(good.status == 0 && good.errors.isEmpty)
    #expect(good.output == "kprobe:$1 {\n  exit();\n} // end\n")
    let wrong = try run(executable, ["--fmt", "-e", "BEGIN { exit( }"])
    #expect(wrong.status == 1 && wrong.output.isEmpty && wrong.errors.hasPrefix("stdin:1:15-15: ERROR: "))
  }

  @Test func dryRun() throws {
    let result = try run(executable, ["--dry-run", "-e", "BEGIN { @ = 1; } interval:s:1 { exit(); }"])
    #expect(
      result.output == """
        program BEGIN (raw_tp): run at begin, 1 probe
          0 BEGIN
        program interval_s_1 (raw_tp): timer, 1 probe
          1 interval:s:1

        """)
  }

  @Test func listing() throws {
    let all = try run(executable, ["-l", "tracepoint:syscalls:sys_enter_open*"]).output.split(separator: "\n")
    #expect(all.contains("tracepoint:syscalls:sys_enter_openat") && all.count >= 2)
    #expect(all.allSatisfy { $0.hasPrefix("tracepoint:syscalls:sys_enter_open") })
    let fields = try run(executable, ["-lv", "t:syscalls:sys_enter_openat"]).output
    #expect(fields.contains("\n    const char * filename\n"))
    let none = try run(executable, ["-l", "tracepoint:syscalls:no_such_thing"])
    #expect(none.status == 1 && none.errors == "apus: no probe matches 'tracepoint:syscalls:no_such_thing'\n")
  }

}
