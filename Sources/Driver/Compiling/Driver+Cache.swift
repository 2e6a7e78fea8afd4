import Storing

extension Driver {

  /// Returns what `request` is compiled to, and whether that was not done before.
  static func compiled(
    _ request: CompilationRequest, showing progress: inout Progress
  ) throws(Stop) -> (script: CompiledScript, isNew: Bool) {
    guard let key = request.key else { return (try compile(request, showing: &progress), true) }
    switch ScriptCache().script(for: key) {
    case .found(let script):
      try progress.finish("read from the cache", repeating: script.warnings)
      return (script, false)
    case .missing(let reason):
      if request.options.isVerbose { Console.report("the script is compiled: \(reason)") }
      return (try compile(request, showing: &progress), true)
    }
  }

}
