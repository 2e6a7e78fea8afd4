import Diagnostics
import Glibc
import Kernel
import LinuxKernel
import Probes
import Runtime
import Semantics
import Storing
import Syntax
import Types

extension Driver {

  /// Prints the probes that `pattern` denotes or, without one, those of the script; all if there is neither.
  static func list(matching pattern: String?, _ options: Options) throws(Stop) {
    if let origin = options.script ?? pattern.flatMap(scriptFile) {
      return try listPoints(ofScript: origin, options)
    }
    let process = try options.tracedProcess()
    let kernel = try LiveKernel(options, tracing: process?.viewed)
    let probeFilter = try options.probeFilter.map(ProbeFilter.init)
    let listing = listProbes(matching: pattern ?? "*", withArguments: options.isVerbose, on: kernel)
    var text = ""
    for entry in listing.entries where probeFilter?.matches(entry.name) ?? true {
      text += entry.name + "\n"
      for argument in entry.arguments { text += "    \(argument)\n" }
    }
    Console.show(text)
    for fault in listing.faults { Console.report(fault.message, hint: fault.hint) }
    if listing.entries.isEmpty {
      throw Stop(listing.faults.isEmpty ? "no probe matches '\(pattern ?? "*")'" : "")
    }
  }

  /// Prints the attach points of a script.
  private static func listPoints(
    ofScript origin: Options.ScriptOrigin, _ options: Options
  ) throws(Stop) {
    let source = try SourceFile(reading: origin)
    if BuiltFile.isBuilt(source.text) { return try listPoints(ofBuilt: source, options) }
    let options = try options.withArguments(of: source)
    let process = try options.tracedProcess()
    let kernel = try LiveKernel(options, tracing: process?.viewed)
    var progress = Progress(options)
    let script = parse(
      source, parameters: options.parameters, importing: FileReader(), reportingTo: &progress.diagnostics)
    let settings = options.settings(narrowedTo: process?.identifier)
    let program = analyze(
      script, on: kernel, settings: settings, overrides: try options.overrides(),
      parameters: options.namedParameters,
      keeping: try options.probeFilter.map(ProbeFilter.init)?.matches,
      reportingTo: &progress.diagnostics)
    try progress.finish("analyze")
    let names = program?.actions.flatMap { $0.points.map(\.name) } ?? []
    Console.show(names.map { "\($0)\n" }.joined())
  }

  /// Prints the attach points of a script that was built.
  private static func listPoints(ofBuilt source: SourceFile, _ options: Options) throws(Stop) {
    var progress = Progress(options)
    let script = try builtScript(in: source, on: LiveKernel(options), showing: &progress)
    Console.show(script.plan.programs.flatMap(\.points).map { "\($0.point.name)\n" }.joined())
  }

  /// Returns `path` as a script iff it is that of a file.
  private static func scriptFile(at path: String) -> Options.ScriptOrigin? {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? .file(path) : nil
  }

}
