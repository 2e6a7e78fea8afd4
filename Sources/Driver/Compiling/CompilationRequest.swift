import Diagnostics
import Kernel
import LinuxKernel
import Runtime
import Serialization
import Storing
import Syntax
import Types

/// A script that is to be compiled, and everything that decides to what.
struct CompilationRequest {

  /// The text.
  let source: SourceFile

  /// What the command line says, with the parameters of the script.
  let options: Options

  /// What the command line sets.
  let settings: Settings

  /// What environment variables set, by key.
  let overrides: [String: String]

  /// The kernel that is asked.
  let kernel: any KernelView

  /// What finds imported files.
  let reader: FileReader

  /// What must match the names of probes, nil if nothing.
  let probeFilter: ProbeFilter?

  /// What is asked outside of the script, nil if nobody wants to know.
  let log: DependencyLog?

  /// What the script is kept as when it was compiled, nil if it is not.
  let key: [UInt8]?

  /// `true` iff what is compiled is for other machines too.
  var isForOthers: Bool { options.task == .build }

  /// Creates the request to compile `source` as `options` say for the running kernel, narrowed to `process` if that is not nil;
  /// or ends the run with what is wrong with the options.
  init(of source: SourceFile, _ options: Options, tracing process: TracedProcess?) throws(Stop) {
    var settings = options.settings(narrowedTo: process?.identifier)
    overrides = try options.overrides()
    let kernel = try LiveKernel(options, tracing: process?.viewed)
    settings.filters = try options.filters(on: kernel)
    probeFilter = try options.probeFilter.map(ProbeFilter.init)
    self.source = source
    self.options = options
    self.settings = settings
    key =
      process == nil && options.canUseCache
      ? CompilationRequest.key(of: source, options, settings, overrides) : nil
    log = key != nil || options.isForService ? DependencyLog() : nil
    reader = FileReader(log: log)
    if let log {
      self.kernel = RecordingKernel(kernel, into: log, functionFile: options.traceableFunctions) { binary in
        (kernel.binaries as? LiveBinaries)?.debugFiles(of: binary) ?? []
      }
    } else {
      self.kernel = kernel
    }
  }

  /// Keeps `script`, which the request was compiled to, as far as that is wanted.
  func keep(_ script: CompiledScript) {
    guard let key, let log else { return }
    if let obstacle = log.obstacle {
      if options.isVerbose { Console.report("the compiled script is not kept: \(obstacle)") }
    } else {
      ScriptCache().keep(script, for: key, noting: log)
    }
  }

  /// Everything that is known before a script is compiled and decides to what.
  private struct Key: Encodable {

    /// The process and the machine.
    let surroundings: Surroundings

    /// The name and the text of the script.
    let name: String, text: [UInt8]

    /// What the command line says, as far as it matters.
    let options: Options

    /// What the command line sets.
    let settings: Settings

    /// What environment variables set and say, sorted.
    let overrides: [String], environment: [String]

  }

  /// Returns what tells the request from all that may be compiled to something else; nil if that cannot be told.
  private static func key(
    of source: SourceFile, _ options: Options, _ settings: Settings, _ overrides: [String: String]
  ) -> [UInt8]? {
    guard let surroundings = Surroundings() else { return nil }
    // Paths are searched there, and headers.
    let variables: [String] = ["PATH", "BPFTRACE_KERNEL_SOURCE", "BPFTRACE_KERNEL_BUILD"]
    let environment = variables.map { Environment.value(of: $0) ?? "" }
    return try? BinaryEncoder().encode(
      Key(
        surroundings: surroundings, name: source.name, text: source.text, options: options.ofCompiler,
        settings: settings, overrides: overrides.map { "\($0)=\($1)" }.sorted(), environment: environment))
  }

}

extension Options {

  /// `true` iff the script is compiled to find out what a service needs.
  fileprivate var isForService: Bool { if case .service = task { true } else { false } }

  /// `true` iff what was compiled before may be used, and what is compiled may be kept.
  fileprivate var canUseCache: Bool {
    guard usesCache, task == .trace, stages.isSubset(of: [.libbpf, .verifier]), !isDryRun else {
      return false
    }
    return !["off", "0", "no"].contains(Environment.value(of: "APUS_CACHE"))
  }

  /// The options as far as they can decide what a script is compiled to; a new one does unless it is named here.
  fileprivate var ofCompiler: Options {
    var options = self
    options.outputPath = nil
    options.format = .text
    options.buffering = nil
    options.isQuiet = false
    options.isVerbose = false
    options.showsWarnings = true
    options.stages = []
    options.service = ServiceOptions()
    // The text is known by itself, and what stands behind it was understood.
    options.script = nil
    options.scriptArguments = []
    options.metricsAddress = nil
    options.webConfiguration = nil
    options.countsRuns = true
    return options
  }

}
