import BPF
import CodeGen
import Diagnostics
import IR
import LinuxKernel
import Loading
import Lowering
import Output
import Probes
import Runtime
import Storing
import Symbols
import Types

extension Options {

  /// Creates an instance from the arguments of the process, or ends the run with what is wrong with them.
  init(checking arguments: [String]) throws(Stop) {
    do throws(UsageFault) {
      try self.init(parsing: arguments)
    } catch {
      throw Stop(error.message)
    }
  }

  /// The process that tracing is narrowed to, found or started; nil if there is none.
  func tracedProcess() throws(Stop) -> TracedProcess? {
    do throws(ProcessFault) {
      if let targetPID { return try TracedProcess(identifier: targetPID) }
      if let command { return try TracedProcess(command: command) }
      return nil
    } catch {
      throw Stop(error.message)
    }
  }

  /// Returns the settings that the options make, before the script has its say.
  func settings(narrowedTo process: Int32?) -> Settings {
    var settings = Settings()
    settings.targetPID = process
    if command != nil { settings.childPID = process }
    settings.allowsUnsafe = allowsUnsafe
    settings.mode = mode
    settings.toleratesMissingMaps = endsBeforeLoading || isListing
    settings.reportsHelperErrors = reportsHelperErrors
    settings.pinsMaps = pinFolder != nil
    return settings
  }

  /// `true` iff nothing is to be loaded into the kernel.
  var endsBeforeLoading: Bool {
    isDryRun || (!stages.isEmpty && stages.isDisjoint(with: [.libbpf, .verifier]))
  }

  /// `true` iff probes are listed.
  private var isListing: Bool { if case .list = task { true } else { false } }

  /// How the script is run.
  func runOptions(writingTo output: borrowing OutputFile) -> RunOptions {
    var result = RunOptions()
    if format == .json { result.sink = JSONOutput() }
    result.descriptor = output.descriptor
    switch buffering {
    case .some(.none): result.buffering = .none
    case .line: result.buffering = .line
    case .full: result.buffering = .full
    case nil: break
    }
    result.isQuiet = isQuiet
    result.mode = mode
    result.isVerbose = isVerbose
    result.isStrict = isStrict
    result.showsWarnings = showsWarnings
    ServiceNotice.ofProcess?.join(&result)
    return result
  }

}

extension TracedProcess {

  /// The process as far as it decides what names of files mean.
  var viewed: ViewedProcess { ViewedProcess(identifier: identifier, program: programPath) }

}

extension Driver {

  /// Throws iff the process may not trace although it is to.
  static func checkPermission(_ options: Options) throws(Stop) {
    if options.endsBeforeLoading { return }
    let missing = Capabilities.missingForTracing()
    if missing.isEmpty { return }
    let error = LoadError.notPermitted(missing: missing)
    throw Stop(error.message, hint: error.hint)
  }

  /// Throws iff `script` has more programs than `limit`.
  static func checkProgramCount(of script: LoweredScript, limit: Int) throws(Stop) {
    let count = script.plan.programs.count
    if count <= limit { return }
    throw Stop(
      "the script is compiled to \(count) programs, more than the limit of \(limit)",
      hint:
        "the option '--max-probes \(count)' or 'config = { max_bpf_progs = \(count) }' in the script allows them"
    )
  }

  /// Compiles `module` with the functions in the bitcode `imported`, showing the stages of that that were asked for.
  static func generate(
    _ module: TraceModule, linking imported: [UInt8]?, from sources: [SourceFile],
    showing progress: inout Progress
  ) throws(Stop) -> BPFObject {
    var texts: [CodeStage: String] = [:]
    let wanted = CodeStage.allCases.filter { progress.wants(.init($0)) }
    let object: BPFObject
    do throws(CodeGenError) {
      object = try CodeGen.generate(module, linking: imported, showing: Set(wanted)) { texts[$0] = $1 }
    } catch {
      if let site = error.position?.site(in: sources) {
        let hint = "use fewer or smaller variables at once, or split the script into several probes"
        Console.note(Renderer().render(.error(error.message, at: site, hint: hint)))
        throw .reported
      }
      throw Stop("the script cannot be compiled, which is a fault of apus: \(error.message)")
    }
    for stage in wanted { try progress.show(.init(stage), texts[stage] ?? "") }
    return object
  }

  /// Loads `script`, showing what libbpf and the verifier say if that was asked for.
  static func load(
    _ script: CompiledScript, until interruption: Interruption,
    showing progress: inout Progress
  ) throws(Stop) -> Session {
    var options = LoadOptions()
    options.recordsVerifierLogs = progress.wants(.verifier)
    options.pinFolder = progress.options.pinFolder
    options.hasNewPlan = script.recipe != nil
    // Where the kernel attaches one function at a time, hundreds of them take seconds.
    let notice = WaitingNotice("Attaching to \(script.plan.pointCount) probes ...")
    let isQuiet = progress.options.isQuiet
    options.isInterrupted = {
      if !isQuiet { notice.check() }
      return interruption.isRequested
    }
    if progress.wants(.libbpf) {
      LibbpfMessages.send { level, message in Console.show("\(level.rawValue): \(message)\n") }
    }
    do throws(LoadError) {
      return try Loading.load(
        script.object, sharing: script.manifest, following: script.plan, options: options)
    } catch {
      if progress.wants(.verifier), let log = error.verifierLog { Console.show(log) }
      throw stop(for: error, in: script.sources)
    }
  }

  /// Shows what was said while `session` was loaded, if that was asked for.
  static func show(messagesOf session: borrowing Session, showing progress: inout Progress) throws(Stop) {
    // What libbpf said was shown when it said it.
    try progress.show(.libbpf, "")
    let logs = session.verifierLogs.map { "program \($0.program):\n\($0.text)\n" }.joined()
    try progress.show(.verifier, logs)
  }

  /// Runs `session` to its end and returns the exit status.
  static func run(
    _ session: inout Session, of script: CompiledScript, narrowedTo process: TracedProcess?,
    until interruption: Interruption, namingAddressesWith symbolizer: ProcessSymbols,
    writingTo output: borrowing OutputFile, _ options: Options
  ) throws(Stop) -> Int32 {
    do throws(RunError) {
      return try Runtime.run(
        &session, sharing: script.manifest, following: script.plan, narrowedTo: process,
        until: interruption,
        namingAddressesWith: symbolizer,
        options: options.runOptions(writingTo: output))
    } catch {
      throw stop(for: error, in: script.sources)
    }
  }

  /// Returns the end of a run for what it failed with; with its place in the script if it has one.
  static func stop(for error: RunError, in sources: [SourceFile]) -> Stop {
    if case .load(let error) = error { return stop(for: error, in: sources) }
    return Stop(error.message)
  }

  /// Returns the end of a run for what went wrong when it was loaded or attached; with its place in the script if it
  /// has one.
  private static func stop(for error: LoadError, in sources: [SourceFile]) -> Stop {
    if error == .interrupted { return .done }
    guard let site = error.site(in: sources) else { return Stop(error.message, hint: error.hint) }
    Console.note(Renderer().render(.error(error.message, at: site, hint: error.hint)))
    return .reported
  }

}

extension Options.Stage {

  /// Creates the stage that `-d` calls as `stage` is called.
  fileprivate init(_ stage: CodeStage) {
    switch stage {
    case .generated: self = .codegen
    case .optimized: self = .optimizedCode
    case .instructions: self = .instructions
    }
  }

}
