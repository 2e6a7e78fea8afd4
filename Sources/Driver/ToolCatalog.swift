import Diagnostics
import Manuals
import Semantics
import StandardScripts
import Syntax

/// What `apus tools` prints.
enum ToolCatalog {

  /// A line for each tool.
  static var list: String {
    let width = Tool.all.map(\.name.count).max() ?? 0
    return Tool.all.map { tool in
      let gap = String(repeating: " ", count: width - tool.name.count + 2)
      return tool.name + gap + manual(of: tool).summary + "\n"
    }.joined()
  }

  /// Returns the script of the tool `name`.
  static func script(of name: String) -> String { "\(tool(named: name).text)" }

  /// Returns the man page of the tool `name`, or that of apus.
  static func page(of name: String) -> String {
    if name == "apus" { return OptionHelp.manual.page(version: version) }
    let tool = tool(named: name)
    var found = DiagnosticSet()
    let script = Driver.preliminaryTree(
      of: SourceFile(name: name, text: "\(tool.text)"), reportingTo: &found)
    let options = ScriptOptions(of: script, reportingTo: &found)
    return manual(of: tool).explaining(options, isTool: true).page(version: version)
  }

  /// What `apus tools --help` prints.
  static let help = Manual(
    name: "apus tools", summary: "the tools that come with apus",
    usages: ["apus tools", "apus tools --show NAME", "apus tools --man NAME", "apus NAME [ARGUMENT]..."],
    options: [
      .init(heading: "--show NAME", text: "print the script of the tool NAME, for a look or to change it"),
      .init(heading: "--man NAME", text: "print the man page of the tool NAME, or of apus, for 'man -l -'"),
    ],
    sections: [
      .init(
        title: "Examples",
        paragraphs: [
          .item(term: "apus tools", text: "list the tools"),
          .item(term: "apus opensnoop --help", text: "explain the tool opensnoop"),
          .item(term: "apus opensnoop -p 42", text: "run it for the process 42"),
        ])
    ]
  ).help

  /// Returns the tool `name`.
  private static func tool(named name: String) -> Tool {
    guard let tool = Tool.named(name) else { preconditionFailure("the command line was checked") }
    return tool
  }

  /// Returns the manual of `tool`.
  private static func manual(of tool: Tool) -> Manual {
    guard let manual = Manual(ofScript: "\(tool.text)".utf8) else {
      preconditionFailure("the tool '\(tool.name)' has no comment that is its manual")
    }
    return manual
  }

}
