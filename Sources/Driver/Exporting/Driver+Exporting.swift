import BPF
import Diagnostics
import Loading
import Metrics
import Output
import Runtime
import Storing
import Symbols
import Types

extension Driver {

  /// Runs `scripts` at once, showing what they hold to others.
  ///
  /// They are compiled and loaded one after the other; nothing is attached before all are.
  static func export(_ scripts: [ScriptToRun]) throws(Stop) -> Int32 {
    let options = scripts[0].options
    if options.isDryRun || !options.stages.isEmpty { return try showStages(of: scripts) }
    try checkPermission(options)
    let interruption = Interruption()
    // A port that is taken is told before anything takes time.
    let server = options.metricsAddress == nil ? nil : try MetricsServer(options)
    defer { server?.stop() }
    let compiled = try scripts.map { script throws(Stop) in try CompiledRun(script) }
    let names = ScriptToRun.names(of: scripts)
    let exposition = try exposition(of: compiled.map(\.script), named: names, options)
    if !options.isQuiet { server?.announce() }
    let receivers = try ZabbixExport(options)?.receivers(
      for: zip(names, compiled).map { ($0, $1.script.manifest) })
    let output = try OutputFile(options.outputPath)
    let requests = try scripts.map { _ throws(Stop) in try snapshotRequests() }
    let pages = MetricsPages(of: exposition, asking: requests) {
      receivers.map { ZabbixReceiver.families(of: $0) } ?? []
    }
    let timing = server == nil ? nil : startCounting(options)

    var runs: [ScriptRun] = []
    for (index, script) in compiled.enumerated() {
      var runOptions = script.options.runOptions(writingTo: output)
      if let receivers { runOptions.receivers = [receivers[index]] }
      if server != nil {
        runOptions.snapshots = requests[index]
        runOptions.exportedMaps = exposition.exportedMaps(ofScript: index)
        runOptions.countsRuns = timing != nil
      }
      runs.append(try script.loaded(until: interruption, runOptions))
    }
    let ends: [Result<Int32, RunError>]
    do throws(RunError) {
      ends = try runAll(runs, until: interruption) { server?.show(pages) }
    } catch {
      throw Stop(error.message)
    }
    extendLifetime(timing)
    return try status(of: zip(compiled.map(\.script), ends).map { ($0, $1) })
  }

  /// Has the kernel count how often programs run, as long as the result is there; nil if that is not wanted, or the process may not
  /// ask for it.
  private static func startCounting(_ options: Options) -> ProgramTiming? {
    guard options.countsRuns else { return nil }
    do throws(SystemError) {
      return try ProgramTiming()
    } catch {
      if options.isVerbose {
        Console.report(
          "how often probes run is not shown: \(error.explanation)", hint: "to count that takes CAP_SYS_ADMIN"
        )
      }
      return nil
    }
  }

  /// Returns what the maps of `scripts`, called `names`, are as metrics, or ends the run with what is wrong with that if they are
  /// shown.
  static func exposition(
    of scripts: [CompiledScript], named names: [String], _ options: Options
  ) throws(Stop) -> Exposition {
    let result = Exposition(
      of: zip(scripts, names).map { ExportedScript(name: $1, manifest: $0.manifest) })
    if options.metricsAddress == nil { return result }
    for fault in result.faults {
      if let diagnostic = fault.diagnostic(in: scripts) {
        Console.note(Renderer(showsDetails: options.isVerbose).render(diagnostic))
      } else {
        Console.report(fault.message, hint: fault.hint)
      }
    }
    if !result.faults.isEmpty { throw .reported }
    if options.isVerbose {
      for map in result.unexportedMaps {
        Console.report("'\(map.map)' of \(names[map.script]) is not shown: \(map.reason)")
      }
    }
    return result
  }

  /// Shows what the scripts' options want to see of how each of them is compiled.
  private static func showStages(of scripts: [ScriptToRun]) throws(Stop) -> Int32 {
    for script in scripts {
      do throws(Stop) { _ = try trace(script) } catch { if error != .done { throw error } }
    }
    return 0
  }

  /// Returns where a script is asked for what it holds.
  private static func snapshotRequests() throws(Stop) -> SnapshotRequests {
    do { return try SnapshotRequests() } catch { throw Stop(error.message) }
  }

  /// Returns the exit status of a run whose scripts ended so: that of the first one that has one other than 0.
  private static func status(
    of ends: [(script: CompiledScript, end: Result<Int32, RunError>)]
  ) throws(Stop) -> Int32 {
    var result: Int32 = 0
    for (script, end) in ends {
      switch end {
      case .success(let status): result = result == 0 ? status : result
      case .failure(let error):
        let stop = stop(for: error, in: script.sources)
        if stop == .done { continue }
        if !stop.message.isEmpty { Console.report(stop.message, hint: stop.hint) }
        result = stop.status
      }
    }
    return result
  }

}

/// A script that is compiled and going to be run.
private struct CompiledRun {

  /// The script.
  let script: CompiledScript

  /// What the command line says about it.
  let options: Options

  /// The process that it is narrowed to, if it is.
  private let process: TracedProcess?

  /// What a run tells about itself.
  private let progress: Progress

  /// What is to be done once the script is loaded.
  private let whenLoaded: () -> Void

  /// Compiles `script`.
  init(_ script: ScriptToRun) throws(Stop) {
    var progress = Progress(script.options)
    options = script.options
    process = try script.tracedProcess()
    (self.script, whenLoaded) = try script.compiled(tracing: process, showing: &progress)
    self.progress = progress
  }

  /// Loads the script and returns its run.
  func loaded(until interruption: Interruption, _ runOptions: RunOptions) throws(Stop) -> ScriptRun {
    var progress = progress
    let session = try Driver.load(script, until: interruption, showing: &progress)
    try progress.finish("load")
    whenLoaded()
    return ScriptRun(
      session, sharing: script.manifest, following: script.plan, narrowedTo: process,
      namingAddressesWith: ProcessSymbols(script.settings, debugFolder: options.debugFolder),
      options: runOptions)
  }

}
