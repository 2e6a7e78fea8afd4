import Diagnostics
import Semantics
import Syntax

extension Driver {

  /// Shows the options of `script` if `--help` stands behind it, and throws iff something stands there with two dashes that
  /// the script does not ask for.
  static func checkNamedParameters(of script: Script, _ options: Options) throws(Stop) {
    // Scripts that are given no names need not be looked through.
    if options.namedParameters.isEmpty { return }
    var found = DiagnosticSet()
    let scriptOptions = ScriptOptions(of: script, reportingTo: &found)
    if options.namedParameters.contains(where: { $0.name == "help" }) && !scriptOptions.hasHelp {
      Console.show(scriptOptions.usage(of: options.scriptName))
      throw .done
    }
    for parameter in options.namedParameters {
      if let fault = scriptOptions.fault(with: parameter) { throw Stop(fault) }
    }
  }

}

extension Options {

  /// How the script is named on the command line.
  fileprivate var scriptName: String {
    switch script {
    case .file(let path)?: path
    case .argument?: "-e PROGRAM"
    case .standardInput?, nil: "-"
    }
  }

}
