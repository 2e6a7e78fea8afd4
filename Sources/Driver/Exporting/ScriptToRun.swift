import Diagnostics
import LinuxKernel
import Probes
import Runtime
import Storing

/// One of the scripts of a run.
struct ScriptToRun {

  /// The text.
  let source: SourceFile

  /// What the command line says about it.
  let options: Options

  /// `true` iff it was compiled into a file before.
  var isBuilt: Bool { BuiltFile.isBuilt(source.text) }

  /// Reads the scripts that `options` name and what stands behind them, or ends the run with what is wrong with that.
  static func all(in options: Options) throws(Stop) -> [ScriptToRun] {
    var result: [ScriptToRun] = []
    for origin in [options.script ?? .standardInput] + options.furtherScripts {
      var own = options
      own.script = origin
      own.furtherScripts = []
      result.append(ScriptToRun(source: try SourceFile(reading: origin), options: own))
    }
    let sources = result.map(\.source)
    for (index, script) in result.enumerated() where !script.isBuilt {
      let options = try script.options.withArguments(of: script.source, besides: sources)
      result[index] = ScriptToRun(source: script.source, options: options)
    }
    return result
  }

  /// The process that the script is narrowed to, found or started; nil if there is none.
  func tracedProcess() throws(Stop) -> TracedProcess? {
    // Files that were built are for all processes, which is said when they are read.
    isBuilt ? nil : try options.tracedProcess()
  }

  /// Returns what the script is compiled to, narrowed to `process`, and what is to be done once that is loaded.
  func compiled(
    tracing process: TracedProcess?, showing progress: inout Progress
  ) throws(Stop) -> (script: CompiledScript, whenLoaded: () -> Void) {
    if isBuilt {
      let script = try Driver.builtScript(in: source, on: LiveKernel(options), showing: &progress)
      try progress.show(.plan, describe(script.plan))
      return (script, {})
    }
    let request = try CompilationRequest(of: source, options, tracing: process)
    let (script, isNew) = try Driver.compiled(request, showing: &progress)
    return (script, { if isNew { request.keep(script) } })
  }

}
