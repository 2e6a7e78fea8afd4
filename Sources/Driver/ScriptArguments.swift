import Diagnostics
import LinuxKernel
import Manuals
import Semantics
import Storing
import Syntax

extension Driver {

  /// Returns the tree of `source` in which its options are looked for, before it is known which words of the command line are
  /// the parameters; only `parameters` can be.
  static func preliminaryTree(
    of source: SourceFile, parameters: [String] = [], reportingTo diagnostics: inout DiagnosticSet
  ) -> Script {
    // What is missing is said later, when the options are known.
    let given = parameters.map { $0.isEmpty ? "x" : $0 } + Array(repeating: "x", count: 100)
    return parse(
      source, parameters: given, importing: FileReader(), knowing: KernelFacts(of: LiveKernel()),
      reportingTo: &diagnostics)
  }

  /// Returns the options of the script `source`, as far as it can be understood; none if it was compiled before.
  fileprivate static func options(of source: SourceFile, parameters: [String]) -> ScriptOptions {
    // Whatever is wrong is said about the script itself.
    var found = DiagnosticSet()
    let text = BuiltFile.isBuilt(source.text) ? SourceFile(name: source.name, text: "") : source
    let script = preliminaryTree(of: text, parameters: parameters, reportingTo: &found)
    return ScriptOptions(of: script, reportingTo: &found)
  }

}

extension Options {

  /// Returns the options with what stands behind the script, whose text is `source`, understood as the script asks for it.
  ///
  /// Throws iff that makes no sense, and also where help is asked for, which is shown then. Where `sources` are several scripts,
  /// they get the same, and each takes what it asks for.
  func withArguments(of source: SourceFile, besides sources: [SourceFile] = []) throws(Stop) -> Options {
    let manual = Manual(ofScript: source.text)
    // Scripts need not be looked through for options that are not given.
    guard manual != nil || scriptArguments.contains(where: { $0.hasPrefix("-") && $0 != "-" }) else {
      var options = self
      options.parameters = scriptArguments
      return options
    }
    var progress = Progress(Options())
    let script = Driver.preliminaryTree(
      of: source, parameters: scriptArguments, reportingTo: &progress.diagnostics)
    if progress.diagnostics.containsError { try progress.finish("parse") }
    var found = DiagnosticSet()
    let scriptOptions = ScriptOptions(of: script, reportingTo: &found)
    let help = (manual ?? Manual(ofScriptNamed: scriptName)).explaining(scriptOptions, isTool: isAboutTool)
    let parsed: Options?
    do throws(UsageFault) {
      let others = sources.filter { $0 !== source }.map {
        Driver.options(of: $0, parameters: scriptArguments)
      }
      var parser = ArgumentParser(self, for: scriptOptions, called: manual?.name, besides: others)
      parsed = try parser.parse()
      if let manual, let parsed {
        try parsed.checkParameters(
          by: manual, knowing: script.parameterDefaults, areShared: !others.isEmpty)
      }
    } catch {
      throw Stop(error.message, details: manual == nil ? "" : help.usage)
    }
    guard let parsed else {
      Console.show(help.help)
      throw .done
    }
    return parsed
  }

  /// `true` iff the script is a tool.
  private var isAboutTool: Bool {
    if case .tool = script { return true }
    return false
  }

  /// How the script is named on the command line.
  private var scriptName: String {
    switch script {
    case .file(let path)?: path
    case .tool(let name)?: name
    case .argument?: "-e PROGRAM"
    case .standardInput?, nil: "-"
    }
  }

  /// Throws iff the parameters are not those that `manual` names; those with numbers as their `defaults` are numbers. Iff they
  /// `areShared`, there may be more for other scripts.
  private func checkParameters(
    by manual: Manual, knowing defaults: [Int: String], areShared: Bool
  ) throws(UsageFault) {
    let known = manual.parameters
    if let missing = known.dropFirst(parameters.count).first(where: { !$0.isOptional }) {
      throw UsageFault("\(manual.name) needs the parameter \(missing.name)")
    }
    if !areShared, parameters.count > known.count, known.last?.isRepeated != true {
      throw UsageFault("'\(parameters[known.count])' is one parameter too many for \(manual.name)")
    }
    for (index, parameter) in zip(parameters, known).enumerated() {
      guard let standard = defaults[index + 1], !standard.isEmpty, ParameterNumber(standard) != nil,
        !parameter.0.isEmpty, ParameterNumber(parameter.0) == nil
      else { continue }
      throw UsageFault("the parameter \(parameter.1.name) takes a number, not '\(parameter.0)'")
    }
  }

}
