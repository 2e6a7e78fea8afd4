import Diagnostics
import StandardScripts
import Syntax
import Testing

@testable import Driver

/// What stands behind a script: options and parameters of the script and, behind a tool, options of apus.
@Suite struct ScriptArgumentsTests {

  /// A script with options and parameters of each kind.
  private static let text = """
    #!/usr/bin/env apus
    // sample: show what can stand behind a script.
    // Usage: apus sample [OPTION…] FILE [interval [count]]
    macro wanted() { getopt("wanted|w", false, "whether") }
    interval:s:${2:-1} /wanted()/ {
      print((getopt("top|n", 5), getopt("name", "x", "what"), $1, ${3:-9}));
    }
    """

  /// Returns what `arguments`, the first of which is the script, mean for a script whose text is `text`.
  private func options(_ arguments: [String], text: String = text) throws(Stop) -> Options {
    let options = try Options(checking: arguments)
    return try options.withArguments(of: SourceFile(name: "sample.bt", text: text))
  }

  @Test(
    arguments: [
      (["f", "-w"], ["f"], ["wanted"]),
      (["--top", "3", "f", "2", "-wn7"], ["f", "2"], ["top=3", "wanted", "top=7"]),
      (["--name=a=b", "f", "--name", "c"], ["f"], ["name=a=b", "name=c"]),
      (["f", "--", "-w", "--", "2"], ["f", "2"], ["wanted"]),
      (["-", "-1", "4"], ["-", "-1", "4"], []),
      (["f", "", "3"], ["f", "", "3"], []),
    ] as [([String], [String], [String])])
  func scripts(arguments: [String], positional: [String], named: [String]) throws {
    let options = try options(["./sample.bt"] + arguments)
    #expect(options.parameters == positional)
    let given = options.namedParameters.map { option in option.name + (option.value.map { "=" + $0 } ?? "") }
    #expect(given == named)
  }

  @Test(arguments: [
    ([], "sample needs the parameter FILE"),
    (["f", "1", "2", "z"], "'z' is one parameter too many for sample"),
    (["f", "x"], "the parameter interval takes a number, not 'x'"),
    (["f", "1", "many"], "the parameter count takes a number, not 'many'"),
    (["f", "--tpo"], "sample has no option '--tpo'; did you mean '--top'?"),
    (["f", "-p", "1"], "sample has no option '-p'; '--help' behind it lists its options"),
    (["f", "-wp", "1"], "sample has no option '-p'; '--help' behind it lists its options"),
    (["f", "-n", "--", "1"], "'-n' needs a value: -n NUMBER"),
  ])
  func faults(arguments: [String], message: String) {
    let details = "usage: apus sample [OPTION]... FILE [interval [count]]\n"
    #expect(throws: Stop(message, details: details)) { try options(["./sample.bt"] + arguments) }
  }

  /// Scripts without a manual take anything that does not look like an option.
  @Test func scriptsWithoutManual() throws {
    let text = "BEGIN { print(getopt(\"n\")); }"
    #expect(try options(["-e", text, "--", "-x", "-n", "5"], text: text).parameters == ["-x", "5"])
    #expect(try options(["-e", text, "--", "-n", "--", "-n", "--"], text: text).parameters == ["-n", "--"])
    #expect(try options(["-e", text, "--", "-5", "-", "---"], text: text).parameters == ["-5", "-", "---"])
    #expect(throws: Stop("the script has no option '--m'; did you mean '--n'?")) {
      try options(["-e", text, "--", "--m"], text: text)
    }
    #expect(throws: Stop("the script takes no options, so '--n' means nothing to it")) {
      try options(["-e", "BEGIN { }", "--", "--n"], text: "BEGIN { }")
    }
  }

  /// A parameter that is missing is said before what is wrong without it.
  @Test func parametersInProbes() throws {
    let text = "// needy: b\n// Usage: apus needy PATTERN\nkprobe:$1 { @[probe] = count(); }"
    #expect(throws: Stop("needy needs the parameter PATTERN", details: "usage: apus needy PATTERN\n")) {
      try options(["x.bt"], text: text)
    }
    #expect(try options(["x.bt", "tcp_*"], text: text).parameters == ["tcp_*"])
  }

  /// Returns what `arguments`, the first of which names a tool, mean.
  private func toolOptions(_ arguments: [String]) throws -> Options {
    let options = try Options(checking: arguments)
    return try options.withArguments(of: SourceFile(reading: #require(options.script)))
  }

  @Test func optionsOfApusBehindTools() throws {
    let options = try toolOptions(["-q", "killsnoop", "-xvp1", "--signal", "9", "-f", "json"])
    #expect(options.script == .tool("killsnoop") && options.task == .trace)
    #expect(options.isQuiet && options.isVerbose && options.targetPID == 1 && options.format == .json)
    #expect(options.namedParameters.map(\.name) == ["failed", "signal"])
    #expect(try toolOptions(["killsnoop", "-kk", "--dry-run"]).reportsHelperErrors)
    #expect(try toolOptions(["-l", "killsnoop"]).task == .list(pattern: nil))
  }

  @Test(arguments: [
    (["killsnoop", "x"], "'x' is one parameter too many for killsnoop"),
    (["killsnoop", "--failde"], "killsnoop has no option '--failde'; did you mean '--failed'?"),
    (["killsnoop", "--fromat=json"], "killsnoop has no option '--fromat'"),
    (["killsnoop", "--verbos"], "killsnoop has no option '--verbos'; did you mean '--verbose'?"),
    (["killsnoop", "-xz"], "killsnoop has no option '-z'"),
    (["killsnoop", "-s"], "'-s' needs a value: -s NUMBER"),
    (["killsnoop", "-p"], "'-p' needs an argument: -p PID"),
    (["killsnoop", "-p", "smbd"], "'-p' takes the number of a process; 'smbd' is none"),
    (["killsnoop", "--", "-p", "1"], "killsnoop has no option '-p'"),
    (["killsnoop", "-e", "x"], "'-e' takes the place of a tool; give one of them"),
    (["killsnoop", "-l"], "'-l' stands in front of the name of a tool: apus -l killsnoop"),
    (["killsnoop", "--info"], "'--info' stands in front of the name of a tool: apus --info killsnoop"),
    (["killsnoop", "-p", "1", "-c", "ls"], "'-p' and '-c' each name the process to trace; give one of them"),
  ])
  func faultsBehindTools(arguments: [String], message: String) {
    let details = "usage: apus killsnoop [OPTION]...\n"
    #expect(throws: Stop(message, details: details)) { try toolOptions(arguments) }
  }

  @Test func toolsCommand() throws {
    #expect(try Options(parsing: ["tools"]).task == .listTools)
    #expect(try Options(parsing: ["tools", "--show", "killsnoop"]).task == .showTool("killsnoop"))
    #expect(try Options(parsing: ["tools", "--man", "apus"]).task == .showManual("apus"))
    #expect(try Options(parsing: ["tools", "-h"]).task == .showToolsHelp)
    #expect(try Options(parsing: ["./tools"]).script == .file("./tools"))
  }

  @Test(arguments: [
    (["tools", "--show"], "'--show' needs the name of a tool; 'apus tools' lists them"),
    (["tools", "--show", "kilsnoop"], "there is no tool 'kilsnoop'; did you mean 'killsnoop'?"),
    (["tools", "--show", "apus"], "there is no tool 'apus'; 'apus tools' lists them"),
    (["tools", "--man", "xyzzy"], "there is no tool 'xyzzy'; 'apus tools' lists them"),
    (["tools", "--sow"], "'apus tools' does not know '--sow'; did you mean '--show'?"),
    (["tools", "killsnoop"], "'apus tools' lists the tools; 'apus killsnoop' runs this one"),
    (["tools", "--man", "apus", "x"], "'apus tools' does not know what to do with 'x'"),
  ])
  func faultsOfToolsCommand(arguments: [String], message: String) {
    #expect(throws: UsageFault(message)) { try Options(parsing: arguments) }
  }

}
