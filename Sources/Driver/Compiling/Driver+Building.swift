import Diagnostics
import Glibc
import Kernel
import LinuxKernel
import Lowering
import Probes
import Relocation
import Runtime
import Semantics
import Storing
import Types

extension Driver {

  /// Compiles the script into a file that can be run on other machines.
  static func build(_ options: Options) throws(Stop) {
    let source = try SourceFile(reading: options.script ?? .standardInput)
    if BuiltFile.isBuilt(source.text) { throw Stop("'\(source.name)' is built already") }
    let options = try options.withArguments(of: source)
    var progress = Progress(options)
    let script = try compile(
      try CompilationRequest(of: source, options, tracing: nil), showing: &progress)
    guard let bytes = try? BuiltFile.bytes(of: script, version: version), let path = options.outputPath else {
      preconditionFailure("a compiled script cannot be written")
    }
    try write(bytes, to: path)
  }

  /// Returns the script in the file `source`, which was built, with its programs, numbers and probes made to fit `kernel`.
  static func builtScript(
    in source: SourceFile, on kernel: LiveKernel, showing progress: inout Progress
  ) throws(Stop) -> CompiledScript {
    let options = progress.options
    let script = try builtScript(in: source)
    try options.checkRunning(script, named: source.name)
    guard let recipe = script.recipe else { preconditionFailure("a script that was not built") }
    let filter = try options.probeFilter.map(ProbeFilter.init)
    var settings = script.settings
    for (key, value) in try options.overrides() { _ = settings.apply(key: key, variable: value) }
    let new = replan(
      script.plan, by: recipe, naming: script.manifest.probes, on: kernel, settings: settings,
      keeping: filter?.matches, reportingTo: &progress.diagnostics)
    try progress.finish("look for probes")
    guard let new else { throw .reported }
    do throws(RelocationFault) {
      let fitted = try relocate(
        script.object, sharing: script.manifest.naming(new.probes), to: kernel, knowing: script.sources)
      return CompiledScript(
        object: fitted.object, manifest: fitted.manifest, plan: new.plan, recipe: recipe, settings: settings,
        sources: script.sources, warnings: [], mapSites: script.mapSites)
    } catch {
      for diagnostic in error.diagnostics { progress.diagnostics.insert(diagnostic) }
    }
    try progress.finish("fit to the kernel")
    throw .reported
  }

  /// Returns the script in the file `source` as it was built.
  private static func builtScript(in source: SourceFile) throws(Stop) -> CompiledScript {
    do throws(BuiltFile.Fault) {
      return try BuiltFile.script(in: source.text)
    } catch {
      switch error {
      case .damaged: throw Stop("'\(source.name)' is damaged", hint: "build it anew")
      case .otherFormat(let other):
        throw Stop(
          "'\(source.name)' was built by apus \(other) in a form that this one, \(version), does not know",
          hint: "build it anew")
      }
    }
  }

  /// Writes `bytes` to the file at `path`, which can be executed.
  private static func write(_ bytes: [UInt8], to path: String) throws(Stop) {
    /// Returns the fault of what failed last.
    func fault() -> Stop {
      Stop("'\(path)' cannot be written: \(String(cString: strerror(errno)).lowercased())")
    }
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o777)
    if file < 0 { throw fault() }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { throw fault() }
      rest = rest.dropFirst(count)
    }
  }

}
