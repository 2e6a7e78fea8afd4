public import Diagnostics
public import IR
public import Kernel
public import Probes
public import Semantics
import Types

/// A lowered script and what it is to be attached to.
public struct LoweredScript: Sendable {

  /// The programs and what they share with the process.
  public let module: TraceModule

  /// What will be loaded and attached.
  public let plan: AttachPlan

  /// How the plan is made anew on another machine.
  public let recipe: PlanRecipe

  /// The functions in C that the script imports and calls.
  public let functions: [String: CFunction]

  /// The files that the places in `module` are in.
  public let sources: [SourceFile]

  /// The places in the script where maps are used first, by the names of the maps.
  public let mapSites: [String: SourceSpan]

}

/// Returns the programs of `program` in our intermediate representation and what they will be attached to.
///
/// Programs that are relocatable do without what only some kernels since 6.1 have, and use numbers of the kernel as facts, so that
/// `relocate` makes them fit other kernels; the others are for `kernel` alone.
public func lower(
  _ program: Program, on kernel: any KernelView, isRelocatable: Bool = false
) -> LoweredScript {
  let probes = ProbeTable(of: program.actions.flatMap(\.points))
  let storage = StoragePlan(of: program, probeCount: probes.descriptions.count)
  var empty = ModuleLowering(program: program, kernel: kernel, probes: probes, storage: storage)
  empty.isRelocatable = isRelocatable
  var state = Exclusive(empty)
  var names = ProgramNames(for: program, besides: storage.maps.map(\.objectName))
  var planned: [PlannedProgram] = []
  var recipe = PlanRecipe(blocks: program.blocks)
  let reportsHelperErrors = program.settings.reportsHelperErrors

  /// Adds `lowered`, which is to be attached to `points`.
  func add(
    _ lowered: (program: IRProgram, module: ModuleLowering), at points: [AttachPoint],
    by mechanism: AttachMechanism
  ) {
    var (program, module) = lowered
    if reportsHelperErrors { (program, module) = HelperChecks(program, in: module).checked() }
    module.programs.append(program)
    module.programSites.append(points[0].site)
    if program.kind.isPreemptible { module.countRunsWithoutMemory(of: program.name) }
    planned.append(
      PlannedProgram(
        name: program.name, kind: program.kind, mechanism: mechanism,
        points: points.map { PlannedPoint(probeIndex: probes.index(of: $0), point: $0) }))
    state.put(module)
  }

  // Kernels in front of 6.10 have no sessions.
  let sessions = SessionPairs(of: isRelocatable ? [] : program.actions, on: kernel)
  for (index, action) in program.actions.enumerated() where !sessions.returns.contains(index) {
    if let session = sessions.session(at: index) {
      let name = names.name(for: action, at: action.points)
      add(session.lowered(named: name, in: state.take()), at: session.points, by: .kprobeSession)
      continue
    }
    for points in action.programPoints(on: kernel) {
      let name = names.name(for: action, at: points)
      recipe.programs.append(
        .init(
          block: action.block, context: action.context,
          asksForProbe: isRelocatable && action.canTellProbe(on: kernel)))
      add(
        ActionLowering(of: action, at: points, named: name, in: state.take()).lowered(), at: points,
        by: action.mechanism)
    }
  }
  var module = state.take()
  let finished = module.finish()
  return LoweredScript(
    module: finished,
    plan: AttachPlan(programs: planned, missingProbes: program.settings.missingProbes),
    recipe: recipe, functions: program.functions, sources: module.sources,
    mapSites: Dictionary(
      uniqueKeysWithValues: program.maps.compactMap { map in map.site.map { (map.name, $0) } }))
}

extension Program.Action {

  /// The attach points of each program: all have one, where the kernel can tell the program which one it runs at.
  fileprivate func programPoints(on kernel: any KernelView) -> [[AttachPoint]] {
    canTellProbe(on: kernel) || points.count == 1 ? [points] : points.map { [$0] }
  }

  /// Returns `true` iff `kernel` can tell the program at which of its attach points it runs.
  func canTellProbe(on kernel: any KernelView) -> Bool {
    context.hasCookie && kernel.status(of: .attachCookie).isAvailable
  }

}
