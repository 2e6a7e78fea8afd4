import Syntax
import Testing

@testable import Driver

/// The grammar of the command line: options, script, parameters.
@Suite struct OptionsTests {

  @Test func programAndParameters() throws {
    let options = try Options(parsing: ["-q", "-e", "BEGIN { exit(); }", "-v", "1", "-x", "--", "--n=3"])
    #expect(options.script == .argument("BEGIN { exit(); }"))
    #expect(options.isQuiet && options.isVerbose)
    #expect(options.scriptArguments == ["1", "-x", "--", "--n=3"])
    #expect(!options.scriptArgumentsFollowSeparator)
  }

  @Test func optionsBehindTheFileBelongToTheScript() throws {
    let options = try Options(parsing: ["tool.bt", "-v", "7"])
    #expect(options.script == .file("tool.bt"))
    #expect(!options.isVerbose)
    #expect(options.scriptArguments == ["-v", "7"])
  }

  @Test func standardInput() throws {
    #expect(try Options(parsing: ["-"]).script == .standardInput)
  }

  @Test func separatorEndsOptions() throws {
    #expect(try Options(parsing: ["--", "-odd-name"]).script == .file("-odd-name"))
    let program = try Options(parsing: ["-e", "P", "--", "-1"])
    #expect(program.scriptArguments == ["-1"] && program.scriptArgumentsFollowSeparator)
  }

  @Test(arguments: [["-l"], ["-lv"], ["-vl"], ["-l", "-v"]])
  func listing(arguments: [String]) throws {
    let all = try Options(parsing: arguments)
    #expect(all.task == .list(pattern: nil))
    #expect(all.isVerbose == arguments.joined().contains("v"))
    #expect(try Options(parsing: arguments + ["kprobe:*"]).task == .list(pattern: "kprobe:*"))
  }

  @Test(arguments: [["-p", "42"], ["-p42"], ["-p=42"], ["-qp", "42"], ["-qp42"]])
  func valuesOfShortOptions(arguments: [String]) throws {
    #expect(try Options(parsing: arguments + ["x.bt"]).targetPID == 42)
  }

  @Test func choices() throws {
    let options = try Options(parsing: ["-B", "full", "-f", "json", "-d", "ast", "-d", "codegen-opt", "x.bt"])
    #expect(options.buffering == .full)
    #expect(options.format == .json)
    #expect(options.stages == [.ast, .optimizedCode])
    #expect(try Options(parsing: ["-d", "all", "x.bt"]).stages == Set(Options.Stage.allCases))
  }

  @Test(arguments: [
    (["--verbos", "x.bt"], "unknown option '--verbos'; did you mean '--verbose'?"),
    (["--no-warning", "x.bt"], "unknown option '--no-warning'; did you mean '--no-warnings'?"),
    (["-z"], "unknown option '-z'; 'apus --help' lists the options"),
    (["-vz"], "unknown option '-z' in '-vz'; 'apus --help' lists the options"),
    (["-e"], "'-e' needs an argument: -e PROGRAM"),
    (["-e", "P", "-e", "Q"], "'-e' is given twice"),
    (["-q=1", "x.bt"], "unknown option '-=' in '-q=1'; 'apus --help' lists the options"),
    (["--quiet=1", "x.bt"], "'--quiet' takes no argument, so '=1' makes no sense"),
    (["-p", "smbd", "x.bt"], "'-p' takes the number of a process; 'smbd' is none"),
    (["-p", "-1", "x.bt"], "'-p' takes the number of a process; '-1' is none"),
    (["-p", "1", "-c", "ls", "x.bt"], "'-p' and '-c' each name the process to trace; give one of them"),
    (["-c", " ", "x.bt"], "'-c' takes a command; it is empty"),
    (["-B", "some", "x.bt"], "'-B' takes one of none, line, full, not 'some'"),
    (["--cgroupmap", "x", "--cgroupmap=y", "x.bt"], "'--cgroupmap' is given twice"),
    (["--cgroup", "/", "--cgroup", "/", "x.bt"], "'--cgroup' is given twice"),
    (["--mntnsmap"], "'--mntnsmap' needs an argument: --mntnsmap FILE"),
    ([], "there is no script; give a FILE or -e 'PROGRAM', or see 'apus --help'"),
    (["-v"], "there is no script; give a FILE or -e 'PROGRAM', or see 'apus --help'"),
  ])
  func faults(arguments: [String], message: String) {
    #expect(throws: UsageFault(message)) { try Options(parsing: arguments) }
  }

  /// Names are unique, so that no row hides another one.
  @Test func namesAreUnique() {
    let names = OptionRow.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.hasPrefix("--") ? $0.count > 3 : $0.count >= 2 })
  }

  /// Every option that can be used is explained, and no line is too wide for a terminal.
  @Test func help() {
    let lines = OptionHelp.text.split(separator: "\n")
    for row in OptionRow.all where !row.help.isEmpty {
      let names = row.names.joined(separator: ", ")
      #expect(lines.contains { $0.hasPrefix("  " + names) || $0.hasPrefix("      " + names) }, "\(names)")
    }
    #expect(lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("  apus ") }, "\(lines)")
  }

}
