import Manuals
import Semantics

extension Manual {

  /// Creates the manual of a script without a comment that is one, which is named `name` on the command line.
  init(ofScriptNamed name: String) {
    self.init(name: name, usages: ["apus \(name) [OPTION]... [PARAMETER]..."])
  }

  /// Returns the manual with `script`, the options of the script or, if `isTool`, of the tool that it is about.
  func explaining(_ script: ScriptOptions, isTool: Bool) -> Manual {
    var result = self
    result.options = script.options.map { Option(heading: $0.heading, text: $0.explanation) }
    if !summary.isEmpty { result.options.append(Option(heading: "-h, --help", text: "show this help")) }
    if isTool {
      result.remark = """
        Options of apus may stand there too, such as '-p PID', '-f json', '-o FILE' or '--dry-run'; 'apus --help' explains \
        them.
        """
    } else if result.options.isEmpty {
      result.remark = "The script takes no options."
    }
    return result
  }

}
