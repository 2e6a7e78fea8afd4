import Diagnostics
import Kernel
import Types

extension OptionRow {

  /// Every option, in the order in which help lists them.
  ///
  /// They stand in front of the script. What stands behind it, or behind `--`, is the script's own: see
  /// `OptionParser.takeParameters` and `ScriptOptions`.
  static let all: [OptionRow] =
    scriptRows + narrowingRows + outputRows + monitoringRows + zabbixRows + serviceRows
    + troubleshootingRows + otherRows

  /// What is traced, or done in place of tracing.
  private static let scriptRows: [OptionRow] = [
    OptionRow("-e", argument: "PROGRAM", help: "run PROGRAM") { (options, value) throws(UsageFault) in
      guard options.script == nil else { throw UsageFault("'-e' is given twice") }
      options.script = .argument(value)
    },
    OptionRow(
      "-l", help: "list the probes that match a pattern, or those of a script;", "with -v their arguments too"
    ) { $0.task = .list(pattern: nil) },
    OptionRow("-I", argument: "DIR", help: "look for headers of C in DIR first") {
      $0.headerFolders.append($1)
    },
    OptionRow("--include", argument: "FILE", help: "include the header FILE in front of the script") {
      $0.headers.append($1)
    },
    OptionRow("--test", help: "run the tests of the script, its 'test' probes, and end") { $0.mode = .test },
    OptionRow("--bench", help: "measure how long the script's 'bench' probes take, and end") {
      $0.mode = .bench
    },
    OptionRow("--fmt", help: "print the script in the standard format") { $0.task = .format },
  ]

  /// What of the machine is looked at.
  private static let narrowingRows: [OptionRow] = [
    OptionRow("-p", argument: "PID", help: "trace only the process PID") {
      (options, value) throws(UsageFault) in
      guard let pid = Int32(value), pid > 0 else {
        throw UsageFault("'-p' takes the number of a process; '\(value)' is none")
      }
      options.targetPID = pid
    },
    OptionRow(
      "-c", argument: "COMMAND", help: "start COMMAND, trace only it, and end when it ends"
    ) { (options, value) throws(UsageFault) in
      guard value.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else {
        throw UsageFault("'-c' takes a command; it is empty")
      }
      options.command = value
    },
    OptionRow(
      "--cgroup", argument: "PATH", help: "trace only processes in the control group PATH or below it"
    ) {
      (options, value) throws(UsageFault) in
      guard options.controlGroup == nil else { throw UsageFault("'--cgroup' is given twice") }
      options.controlGroup = value
    },
    OptionRow(
      "--cgroupmap", argument: "FILE",
      help: "trace only processes in control groups whose numbers are keys of the",
      "map that is pinned to FILE, also while it changes"
    ) { (options, value) throws(UsageFault) in
      guard options.controlGroupMap == nil else { throw UsageFault("'--cgroupmap' is given twice") }
      options.controlGroupMap = value
    },
    OptionRow(
      "--mntnsmap", argument: "FILE", help: "the same with the inodes of mount namespaces"
    ) { (options, value) throws(UsageFault) in
      guard options.mountNamespaceMap == nil else { throw UsageFault("'--mntnsmap' is given twice") }
      options.mountNamespaceMap = value
    },
    OptionRow(
      "--probe-filter", argument: "RE", help: "attach only to probes whose names match the extended regular",
      "expression RE; 'begin' and 'end' are run nevertheless"
    ) { $0.probeFilter = $1 },
    OptionRow(
      "--max-probes", argument: "N", help: "attach to as many as N probes (8192)"
    ) { (options, value) throws(UsageFault) in
      guard let count = Int32(value), count > 0 else {
        throw UsageFault("'--max-probes' takes a number of probes; '\(value)' is none")
      }
      options.maximumProbes = Int(count)
    },
    OptionRow(
      "--traceable-functions", argument: "FILE",
      help: "take the functions that kprobes can be attached to from FILE,", "one a line"
    ) { $0.traceableFunctions = $1 },
    // The kernel counts up and down the semaphores of all processes by itself, so that there is nothing to do.
    OptionRow("--usdt-file-activation", help: "does nothing: USDT probes are activated in all processes") {
      _ in
    },
    OptionRow("--unsafe", help: "allow functions that change the system") { $0.allowsUnsafe = true },
  ]

  /// What is written, and where to.
  private static let outputRows: [OptionRow] = [
    OptionRow("-o", argument: "FILE", help: "write the output, or what is built, to FILE") {
      $0.outputPath = $1
    },
    OptionRow("-f", argument: "FORMAT", help: "write the output as 'text' or 'json'") {
      (options, value) throws(UsageFault) in
      options.format = try choice(value, of: "-f")
    },
    OptionRow(
      "-B", argument: "MODE", help: "hand output to the system at once (none), by lines (line),",
      "or when a buffer is full (full)"
    ) { (options, value) throws(UsageFault) in options.buffering = try choice(value, of: "-B") },
    OptionRow(
      "--pin", argument: "DIR",
      help: "leave the script's maps in DIR of a BPF file system, for others to read"
    ) { (options, value) throws(UsageFault) in
      guard !value.isEmpty else { throw UsageFault("'--pin' takes a folder; it is empty") }
      options.pinFolder = value
    },
    OptionRow("--strict", help: "end with the exit status 3 if anything was lost") { $0.isStrict = true },
    OptionRow("-q", "--quiet", help: "say nothing but the script's output and errors") { $0.isQuiet = true },
    OptionRow("-v", "--verbose", help: "say more about what goes on") { $0.isVerbose = true },
    OptionRow("--no-warnings", help: "leave out warnings about the script") { $0.showsWarnings = false },
  ]

  /// What shows how a script is compiled and run.
  private static let troubleshootingRows: [OptionRow] = [
    OptionRow(
      "-d", argument: "STAGE", help: "show a stage and end there: ast, types, ir, plan, codegen,",
      "codegen-opt, dis, libbpf, verifier, or all"
    ) { (options, value) throws(UsageFault) in
      if value == "all" {
        options.stages = Set(Options.Stage.allCases)
      } else {
        options.stages.insert(try choice(value, of: "-d", or: ["all"]))
      }
    },
    OptionRow("-k", "-kk", help: "report calls of the kernel that fail, with their place in the script") {
      $0.reportsHelperErrors = true
    },
    OptionRow(
      "--debuginfo", argument: "DIR", help: "look there for debug files of programs, before /usr/lib/debug"
    ) {
      $0.debugFolder = $1
    },
    OptionRow(
      "--no-feature", argument: "LIST", help: "do without features of the kernel that --info lists:",
      "names with commas between them"
    ) { (options, value) throws(UsageFault) in
      for name in value.split(separator: ",") {
        guard let feature = Feature(rawValue: String(name)) else {
          let near = suggestion(for: String(name), among: Feature.allCases.map(\.rawValue))
          throw UsageFault("there is no feature '\(name)'\(near)")
        }
        options.hiddenFeatures.insert(feature)
      }
    },
    OptionRow(
      "--no-cache", help: "compile the script even if that was done before, and do not keep the result"
    ) {
      $0.usesCache = false
    },
    OptionRow("--dry-run", help: "show what would be attached where, and end") { $0.isDryRun = true },
    OptionRow("--info", help: "show what this machine offers for tracing") { $0.task = .showInfo },
  ]

  /// What every program has.
  private static let otherRows: [OptionRow] = [
    OptionRow("-V", "--version", help: "show the version") { $0.task = .showVersion },
    OptionRow("-h", "--help", help: "show this help") { $0.task = .showHelp },
  ]

  /// Returns the case of `Choice` that `value`, the argument of `option`, names; messages name `others` as well.
  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ value: String, of option: String, or others: [String] = []
  ) throws(UsageFault) -> Choice {
    if let result = Choice(rawValue: value) { return result }
    let names = Choice.allCases.map(\.rawValue) + others
    throw UsageFault("'\(option)' takes one of \(names.joined(separator: ", ")), not '\(value)'")
  }

}
