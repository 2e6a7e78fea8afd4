import CodeGen
import Diagnostics
import IR
import LinuxKernel
import Loading
import Lowering
import Probes
import Runtime
import Semantics
import Storing
import Symbols
import Syntax
import Types

/// The way from a command line to an exit status.
public enum Driver {

  /// Does what `arguments`, those of the process without its name, ask for and returns the exit status.
  public static func run(_ arguments: [String]) -> Int32 {
    do throws(Stop) {
      let options = try Options(checking: arguments)
      switch options.task {
      case .showHelp: Console.show(OptionHelp.text)
      case .showVersion: Console.show(versions(areDetailed: options.isVerbose))
      case .listTools: Console.show(ToolCatalog.list)
      case .showTool(let name): Console.show(ToolCatalog.script(of: name))
      case .showManual(let name): Console.show(ToolCatalog.page(of: name))
      case .showToolsHelp: Console.show(ToolCatalog.help)
      case .showServiceHelp: Console.show(ServiceHelp.text)
      case .showInfo: Console.show(machineInformation(on: LiveKernel()))
      case .list(let pattern): try list(matching: pattern, options)
      case .format: try format(options)
      case .build: try build(options)
      case .service(let action): try serve(action, options)
      case .trace:
        // The environment is changed by that, which threads must not see.
        _ = ServiceNotice.ofProcess
        return try trace(options)
      }
      return 0
    } catch {
      if !error.message.isEmpty { Console.report(error.message, hint: error.hint) }
      if !error.details.isEmpty { Console.note(error.details) }
      return error.status
    }
  }

  /// Runs the script, or the scripts that are to be shown to others.
  static func trace(_ options: Options) throws(Stop) -> Int32 {
    let scripts = try ScriptToRun.all(in: options)
    return scripts[0].options.isExporting ? try export(scripts) : try trace(scripts[0])
  }

  /// Runs `script`: it is compiled, or was before, loaded and run, up to the stage that its options end at.
  static func trace(_ script: ScriptToRun) throws(Stop) -> Int32 {
    try checkPermission(script.options)
    let interruption = Interruption()
    let process = try script.tracedProcess()
    var progress = Progress(script.options)

    let (compiled, whenLoaded) = try script.compiled(tracing: process, showing: &progress)
    return try start(
      compiled, narrowedTo: process, until: interruption, showing: &progress, whenLoaded: whenLoaded)
  }

  /// Loads `script` and runs it to its end; does `whenLoaded` between.
  static func start(
    _ script: CompiledScript, narrowedTo process: TracedProcess?, until interruption: Interruption,
    showing progress: inout Progress, whenLoaded: () -> Void = {}
  ) throws(Stop) -> Int32 {
    let options = progress.options
    var session = try load(script, until: interruption, showing: &progress)
    try show(messagesOf: session, showing: &progress)
    try progress.finish("load")
    whenLoaded()

    let output = try OutputFile(options.outputPath)
    let symbolizer = ProcessSymbols(script.settings, debugFolder: options.debugFolder)
    return try run(
      &session, of: script, narrowedTo: process, until: interruption, namingAddressesWith: symbolizer,
      writingTo: output, options)
  }

  /// Compiles the script: one stage of the pipeline after the other.
  static func compile(
    _ request: CompilationRequest, showing progress: inout Progress
  ) throws(Stop) -> CompiledScript {
    let (options, kernel) = (request.options, request.kernel)
    let script = parse(
      request.source, parameters: options.parameters, importing: request.reader,
      knowing: KernelFacts(of: kernel), reportingTo: &progress.diagnostics)
    try progress.show(.ast, describe(script))
    try progress.finish("parse")

    let headers = headers(of: script, on: kernel, options, noting: request.log)
    let analyzed = analyze(
      script, on: kernel, including: headers, settings: request.settings,
      overrides: request.overrides, parameters: options.namedParameters,
      keeping: request.probeFilter?.matches, reportingTo: &progress.diagnostics)
    try progress.finish("analyze")
    guard let program = analyzed else { throw .reported }
    try progress.show(.types, describe(program))

    let lowered = lower(program, on: kernel, isRelocatable: request.isForOthers)
    try checkProgramCount(of: lowered, limit: options.programLimit(program.settings))
    try progress.show(.ir, describe(lowered.module))
    try progress.show(.plan, describe(lowered.plan))
    try progress.finish("lower")

    let imported = try compile(lowered.functions, of: headers)
    let object = try generate(lowered.module, linking: imported, from: lowered.sources, showing: &progress)
    try progress.finish("generate")
    return CompiledScript(
      object: object, manifest: lowered.module.manifest, plan: lowered.plan,
      recipe: request.isForOthers ? lowered.recipe : nil, settings: program.settings,
      sources: lowered.sources,
      warnings: progress.warnings, mapSites: lowered.mapSites)
  }

}
