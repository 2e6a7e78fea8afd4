import Foundation
import TestSupport
import Testing

/// Units for systemd, as `apus service show` prints them; what becomes of them is in the behaviour case `service`.
@Suite struct ServiceTests {

  /// The lines of a unit.
  private struct Unit {

    /// The values of its settings, by key.
    private var values: [String: [String]] = [:]

    /// Creates an instance from the text of a unit.
    init(_ text: String) {
      for line in text.split(separator: "\n") where !line.hasPrefix("#") && line.contains("=") {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
          String.init)
        values[parts[0], default: []].append(parts[1])
      }
    }

    /// The value of `key`, nil if it is not set once.
    subscript(_ key: String) -> String? { values[key].flatMap { $0.count == 1 ? $0[0] : nil } }

  }

  /// Returns the unit of the service that runs `program` with `options`.
  private func unit(of program: String, _ options: [String] = [], _ arguments: [String] = []) throws -> Unit {
    let result = try run(
      executable, ["service", "show", "--name", "x"] + options + ["-e", program] + arguments)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    return Unit(result.output)
  }

  /// What every service needs.
  private static let base = ["CAP_BPF", "CAP_PERFMON", "CAP_DAC_READ_SEARCH"]

  /// `true` iff perf events are for those alone who may administer, as on Debian.
  private static let arePerfEventsForRoot =
    (try? String(contentsOfFile: "/proc/sys/kernel/perf_event_paranoid", encoding: .utf8))
    .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }.map { $0 > 2 } ?? false

  /// A service may do what its script needs.
  @Test(arguments: [
    ("rawtracepoint:sched_switch { @ = count(); }", [], false),
    ("rawtracepoint:sched_switch { @[kstack] = count(); }", [], false),
    ("rawtracepoint:sched_switch { @[ustack] = count(); }", ["CAP_SYS_PTRACE"], false),
    ("rawtracepoint:sched_switch { @[cgroup_path(cgroup)] = count(); }", [], false),
    ("BEGIN { printf(\"%p\", kaddr(\"tcp_sendmsg\")); }", ["CAP_SYSLOG"], false),
    ("profile:hz:9 { @ = count(); }", [], true), ("t:syscalls:sys_enter_read { @ = count(); }", [], true),
  ])
  func capabilities(script: String, others: [String], hasPerfEvents: Bool) throws {
    let unit = try unit(of: script)
    let all = Self.base + others + (hasPerfEvents && Self.arePerfEventsForRoot ? ["CAP_SYS_ADMIN"] : [])
    #expect(unit["CapabilityBoundingSet"]?.split(separator: " ").map(String.init) == all)
    // Where the executable lies in /tmp, the service has no user of its own.
    if unit["DynamicUser"] == "yes" { #expect(unit["AmbientCapabilities"] == unit["CapabilityBoundingSet"]) }
  }

  /// A script that runs commands is not confined.
  @Test func commands() throws {
    let unit = try unit(of: "interval:s:9 { system(\"true\"); }", ["--unsafe"])
    #expect(
      unit["CapabilityBoundingSet"] == nil && unit["ProtectSystem"] == nil && unit["WatchdogSec"] == nil)
    #expect(unit["User"] == "root")
  }

  /// What is written is written as root, and there alone.
  @Test func files() throws {
    let unit = try unit(of: "BEGIN { @a = 1; }", ["-o", "/var/log/x/out", "--pin", "/sys/fs/bpf/x"])
    #expect(unit["User"] == "root" && unit["DynamicUser"] == nil)
    #expect(unit["ReadWritePaths"] == "/sys/fs/bpf /var/log/x")
  }

  /// The service gets the words that were given, as systemd writes them, and full paths.
  @Test func words() throws {
    let program = "BEGIN { printf(\"%s $x \\\\ 'y'\\n\", str($1)); }"
    let command = try #require(
      try unit(of: program, ["-B=line", "-I", "include"], ["--", "5 6%"])["ExecStart"])
    let folder = FileManager.default.currentDirectoryPath
    #expect(command.hasPrefix(":/") && !command.contains("--name"))
    #expect(
      command.hasSuffix(
        #"/apus -B line -I \#(folder)/include -e "BEGIN { printf(\"%%s $x \\\\ 'y'\\n\", str($1)); }" -- "5 6%%""#
      ),
      "\(command)")
  }

  @Test func scripts() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus service \(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "BEGIN { @ = $1; }".write(
      to: folder.appendingPathComponent("traffic.bt"), atomically: true, encoding: .utf8)
    let shell =
      "cd '\(folder.path)' && BPFTRACE_MAX_STRLEN=99 exec '\(executable)' service show ./traffic.bt 7 -1"
    let result = try run("/bin/sh", ["-c", shell])
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let unit = Unit(result.output)
    #expect(unit["ExecStart"]?.hasSuffix("/apus \"\(folder.path)/traffic.bt\" 7 -1") == true)
    #expect(result.output.contains("\nEnvironment=BPFTRACE_MAX_STRLEN=99\n"))
    // The script is read from there.
    #expect(unit["PrivateTmp"] == "no" && unit["User"] == "root")
    let wrong = try run(
      executable, ["service", "show", "--name", "x", "-e", "BEGIN { printf(\"%d\\n\", pidd); }"])
    #expect(wrong.status == 1 && wrong.output.isEmpty && wrong.errors.contains("unknown builtin 'pidd'"))
  }

  @Test(
    arguments: [
      (["service"], "'apus service' needs one of the words install, uninstall, show"),
      (["service", "instal", "x.bt"], "'apus service' does not know 'instal'; did you mean 'install'?"),
      (["service", "show"], "there is no script; give a FILE or -e 'PROGRAM', or see 'apus --help'"),
      (
        ["service", "show", "-"], "a service reads its script whenever it starts, but standard input only now"
      ),
      (["service", "show", "-e", "P"], "a service for '-e' needs a name; give it '--name NAME'"),
      (
        ["service", "show", "-p", "1", "x.bt"],
        "'-p' names a process of this moment, which a service outlives"
      ),
      (
        ["service", "show", "-c", "ls", "x.bt"],
        "'-c' names a process of this moment, which a service outlives"
      ),
      (["service", "show", "tcptop", "-p", "1"], nil),
      (["service", "show", "--test", "x.bt"], "a service traces; '--test' and '--bench' do something else"),
      (
        ["service", "show", "-d", "ir", "x.bt"],
        "'apus service' shows no stages; leave out 'service' to see them"
      ),
      (
        ["service", "show", "-l", "x.bt"],
        "a service runs a script; '-l', '--fmt' and '--info' do something else"
      ),
      (
        ["service", "show", "--now", "x.bt"],
        "'--now' is for 'apus service install'; 'apus service show' starts nothing"
      ),
      (["--now", "x.bt"], "'--now' is for 'apus service install' and stands behind that"),
      (["--name", "y", "x.bt"], "'--name' is for 'apus service' and stands behind that"),
      (
        ["service", "show", "--name", "a b", "x.bt"],
        "'--name' takes letters, digits and '.', '_' and '-', not 'a b'"
      ),
      (["service", "uninstall"], "'apus service uninstall' needs the name of a service or its script"),
      (
        ["service", "uninstall", "--name", "x", "y"],
        "'--name x' says which service is uninstalled; 'y' is one too many"
      ),
    ] as [([String], String?)])
  func mistakes(arguments: [String], sentence: String?) throws {
    let result = try run(executable, arguments)
    #expect(result.status == 1 && result.output.isEmpty)
    if let sentence {
      #expect(result.errors == "apus: \(sentence)\n")
    } else {
      #expect(result.errors.hasPrefix("apus: '-p' names a process of this moment"), "\(result.errors)")
    }
  }

  /// Help is there wherever it is asked for.
  @Test func help() throws {
    let result = try run(executable, ["service", "--help"])
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.hasPrefix("apus service: ") && result.output.contains("\n  --now "))
    for line in result.output.split(separator: "\n") where !line.hasPrefix("  apus ") {
      #expect(line.count <= 80, "\(line)")
    }
    for arguments in [["-h"], ["install", "--help"], ["show", "-h", "x.bt"]] {
      #expect(try run(executable, ["service"] + arguments).output == result.output)
    }
  }

  /// Without systemd nothing is installed.
  @Test(.enabled(if: !FileManager.default.fileExists(atPath: "/run/systemd/system")))
  func noSystemd() throws {
    for arguments in [["install", "tcptop"], ["uninstall", "tcptop"]] {
      let result = try run(executable, ["service"] + arguments)
      #expect(result.status == 1 && result.output.isEmpty)
      #expect(
        result.errors
          == "apus: systemd does not run here; 'apus service show' prints the unit for a machine where it does\n"
      )
    }
  }

}
