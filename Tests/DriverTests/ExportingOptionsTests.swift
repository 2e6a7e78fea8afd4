import Diagnostics
import Syntax
import Testing

@testable import Driver

/// Options that show what scripts hold to others, and several scripts in one process.
@Suite struct ExportingOptionsTests {

  @Test func everyWordIsAScript() throws {
    let options = try Options(parsing: ["--metrics", "9400", "-q", "a.bt", "tcptop", "-", "--", "-n", "7"])
    #expect(options.metricsAddress == "9400" && options.isQuiet)
    #expect(options.script == .file("a.bt"))
    #expect(options.furtherScripts == [.tool("tcptop"), .standardInput])
    #expect(options.scriptArguments == ["-n", "7"] && options.scriptArgumentsFollowSeparator)
  }

  @Test func programsAndFiles() throws {
    let options = try Options(parsing: ["-e", "P", "--metrics=:0", "a.bt"])
    #expect(options.script == .argument("P") && options.furtherScripts == [.file("a.bt")])
    let parameters = try Options(parsing: ["--metrics", "0", "-e", "P", "--", "a.bt"])
    #expect(parameters.furtherScripts.isEmpty && parameters.scriptArguments == ["a.bt"])
    #expect(try Options(parsing: ["a.bt", "b.bt"]).furtherScripts.isEmpty)
  }

  /// What looks like an option begins what is for the scripts; a single tool takes options of apus there, too.
  @Test func optionsBehindScripts() throws {
    let one = try Options(parsing: ["--metrics", "0", "tcptop", "--ipv4", "5"])
    #expect(one.script == .tool("tcptop") && one.furtherScripts.isEmpty)
    #expect(one.scriptArguments == ["--ipv4", "5"] && !one.scriptArgumentsFollowSeparator)
    let two = try Options(parsing: ["--metrics", "0", "a.bt", "b.bt", "--by", "5"])
    #expect(two.furtherScripts == [.file("b.bt")] && two.scriptArguments == ["--by", "5"])
    #expect(two.scriptArgumentsFollowSeparator)
  }

  @Test(arguments: ["9400", ":9400", "0", "[::1]:9400", "127.0.0.1:80", "localhost:9400"])
  func addresses(address: String) throws {
    #expect(try Options(parsing: ["--metrics", address, "a.bt"]).metricsAddress == address)
  }

  @Test(arguments: [
    (
      ["--metrics", "x", "a.bt"],
      "'--metrics' takes a port, or an address and a port with ':' between; 'x' is none"
    ),
    (
      ["--metrics", "65536", "a.bt"],
      "'--metrics' takes a port, or an address and a port with ':' between; '65536' is none"
    ),
    (["--metrics", "1", "--metrics", "2", "a.bt"], "'--metrics' is given twice"),
    (["--metrics", "1"], "there is no script; give a FILE or -e 'PROGRAM', or see 'apus --help'"),
    (
      ["--metrics", "1", "a.bt", "--web-config=f"],
      "'--web-config' stands behind a script; options of apus stand in front of all scripts, and those of scripts behind '--'"
    ),
    (["--metrics", "1", "a.bt", "b.bt", "a.bt"], "'a.bt' is given twice"),
    (["--metrics", "1", "-", "-"], "standard input is given twice"),
    (["--metrics", "1", "tcptop", "tcptop"], "the tool 'tcptop' is given twice"),
    (["-l", "--metrics", "1"], "'--metrics' shows what scripts hold that run, and '-l' runs none"),
    (
      ["--fmt", "--metrics", "1", "a.bt"],
      "'--metrics' shows what scripts hold that run, and '--fmt' runs none"
    ),
    (
      ["build", "-o", "x", "--metrics", "1", "a.bt"],
      "'--metrics' shows what scripts hold that run, and 'apus build' runs none"
    ),
    (
      ["--test", "--metrics", "1", "a.bt"],
      "'--metrics' shows what scripts hold that run on, which they do not with '--test'"
    ),
    (
      ["-c", "true", "--metrics", "1", "a.bt", "b.bt"],
      "'-c' starts a command that one script traces, but there are 2"
    ),
    (
      ["--web-config", "f", "a.bt"],
      "'--web-config' says how metrics are served; '--metrics PORT' serves them"
    ),
    (
      ["--no-statistics", "a.bt"],
      "'--no-statistics' says how metrics are served; '--metrics PORT' serves them"
    ),
  ])
  func faults(arguments: [String], message: String) {
    #expect(throws: UsageFault(message)) { try Options(parsing: arguments) }
  }

  /// Each of several scripts takes the options that it has from what is given to all of them.
  @Test func argumentsOfSeveralScripts() throws {
    let texts = [
      #"BEGIN { print((getopt("top|n", 5), $1)); }"#,
      #"BEGIN { print((getopt("wide|w"), getopt("name|s", "x"))); }"#,
    ]
    let sources = texts.enumerated().map { SourceFile(name: "\($0).bt", text: $1) }
    let arguments = [
      "--metrics", "0", "0.bt", "1.bt", "--", "-wn7", "--name", "a", "-s", "b", "word", "--top=3",
    ]
    let options = try Options(checking: arguments)
    let own = try sources.map { try options.withArguments(of: $0, besides: sources) }
    #expect(own.map { $0.namedParameters.map(\.name) } == [["top", "top"], ["wide", "name", "name"]])
    #expect(own.map(\.parameters) == [["word"], ["word"]])
    let wrong = try Options(checking: ["--metrics", "0", "0.bt", "1.bt", "--", "--nosuch"])
    #expect(throws: Stop.self) { try wrong.withArguments(of: sources[0], besides: sources) }
  }

  @Test func namesOfScripts() {
    let scripts = ["a/x.bt", "b/x.bt", "y.bt", "stdin", "/z"].map {
      ScriptToRun(source: SourceFile(name: $0, text: ""), options: Options())
    }
    #expect(ScriptToRun.names(of: scripts) == ["a/x.bt", "b/x.bt", "y", "stdin", "z"])
  }

}
