import Diagnostics

/// What a run tells about itself: messages about the script, stages that were asked for, times.
struct Progress {

  /// What was asked for.
  let options: Options

  /// The messages about the script that were not shown yet.
  var diagnostics = DiagnosticSet()

  /// What was warned of, in the order in which it was shown.
  private(set) var warnings: [Diagnostic] = []

  /// The stages that are still to be shown.
  private var wanted: Set<Options.Stage>

  /// The moment at which the last stage ended, in nanoseconds.
  private var lastTime = MonotonicTime.now()

  /// Creates an instance for a run that does what `options` ask for.
  init(_ options: Options) {
    self.options = options
    self.wanted = options.stages
    if options.isDryRun && options.stages.isEmpty { wanted.insert(.plan) }
  }

  /// Ends a stage: shows the messages that it left, and throws iff one of them is an error.
  mutating func finish(_ stage: String) throws(Stop) {
    for diagnostic in diagnostics.sorted { show(diagnostic) }
    if diagnostics.containsError { throw .reported }
    diagnostics = DiagnosticSet()
    let time = MonotonicTime.now()
    if options.isVerbose { Console.report("\(stage): \((time - lastTime) / 1000) µs") }
    lastTime = time
  }

  /// Shows what was warned of when the script was compiled, and ends the stage that did without that.
  mutating func finish(_ stage: String, repeating warnings: [Diagnostic]) throws(Stop) {
    for warning in warnings { show(warning) }
    try finish(stage)
  }

  /// Shows `diagnostic` but if it is a warning and those are not wanted.
  private mutating func show(_ diagnostic: Diagnostic) {
    if diagnostic.level == .warning { warnings.append(diagnostic) }
    guard diagnostic.level == .error || options.showsWarnings else { return }
    Console.note(Renderer(showsDetails: options.isVerbose).render(diagnostic))
  }

  /// Returns `true` iff `stage` was asked for and not shown yet.
  func wants(_ stage: Options.Stage) -> Bool { wanted.contains(stage) }

  /// Shows the result of `stage` if it was asked for, and throws iff nothing is left to show then but what is wrong with the
  /// script.
  mutating func show(_ stage: Options.Stage, _ text: @autoclosure () -> String) throws(Stop) {
    guard wanted.remove(stage) != nil else { return }
    // Where several stages are shown, each has a title.
    if options.stages.count > 1 { Console.show("--- \(stage.rawValue) ---\n") }
    Console.show(text())
    guard wanted.isEmpty else { return }
    try finish(stage.rawValue)
    throw .done
  }

}
