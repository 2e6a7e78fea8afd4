import Diagnostics
import IR
import Kernel
import Probes
import Syntax
import Types

/// Finds the probes of a script and makes actions of its blocks.
struct ProbeResolution {

  /// The kernel.
  let kernel: any KernelView

  /// The settings.
  let settings: Settings

  /// The actions found so far.
  private(set) var actions: [ActionDraft] = []

  /// The probes of each block so far, as the script writes them.
  private(set) var blocks: [PlanRecipe.Block] = []

  /// The names of maps in blocks that no action was made of: they are used, only not on this kernel.
  private(set) var mapsLeftOut: Set<String> = []

  /// Makes the copies of the blocks.
  private(set) var copier: TreeCopier

  /// What is wrong.
  private(set) var diagnostics = DiagnosticSet()

  /// The options of the script, which probes may name.
  private let options: ScriptOptions

  /// Tells by its name whether an attach point is wanted, nil if all are.
  private let isWanted: ((String) -> Bool)?

  /// The number of attach points so far.
  private var pointCount = 0

  /// Creates an instance with the given properties.
  init(
    on kernel: any KernelView, settings: Settings, options: ScriptOptions, isWanted: ((String) -> Bool)? = nil
  ) {
    self.isWanted = isWanted
    self.options = options
    self.copier = TreeCopier(options: options)
    self.kernel = kernel
    self.settings = settings
  }

  /// An attach point and what is known about it.
  struct ResolvedPoint {

    /// The attach point.
    let point: AttachPoint

    /// What programs find there.
    let context: ProbeContext

    /// How programs are attached there.
    let mechanism: AttachMechanism

  }

  /// Returns `declaration` with literals in place of parameters of the command line.
  mutating func withLiterals(_ declaration: MapDeclaration) -> MapDeclaration {
    MapDeclaration(
      map: declaration.map, kind: declaration.kind,
      arguments: declaration.arguments.map { copier.rewritten($0) })
  }

  /// Adds the actions of `block`: one for each group of attach points at which its program is the same, none if it is not for the
  /// kernel.
  mutating func resolve(_ block: ActionBlock) {
    if block.predicate?.truth(on: kernel) == false { return leaveOut(block) }
    var points: [ResolvedPoint] = []
    var places: Set<Place> = []
    let use = ContextUse(of: block)
    var specs: [ProbeSpec] = []
    for spec in block.probes {
      do {
        let spec = try spec.withValues(of: options)
        specs.append(spec)
        points += try resolve(spec, for: use).filter { places.insert(Place($0.point)).inserted }
      } catch {
        // What the command line switches off may be for another kernel or another program.
        let switched = block.predicate.map { copier.rewritten($0) }
        if switched?.truth(on: kernel) != false { report(error) }
      }
    }
    let first = actions.count
    blocks.append(PlanRecipe.Block(specs: specs, use: use))
    var groups: [GroupKey: Int] = [:]
    for resolved in points {
      let context = use.stripped(resolved.context)
      let key = GroupKey(context: context, mechanism: resolved.mechanism)
      if let index = groups[key], context.hasCookie || context.programKind.isLoadedForTarget {
        actions[index].points.append(resolved.point)
        continue
      }
      groups[key] = actions.count
      actions.append(
        ActionDraft(
          predicate: block.predicate, body: block.body, points: [resolved.point], context: context,
          fullContext: resolved.context, mechanism: resolved.mechanism, block: blocks.count - 1))
    }
    for index in first..<actions.count {
      actions[index].hasSwitch = block.predicate?.asksCommandLine ?? false
      actions[index].predicate = block.predicate.map { copier.rewritten($0) }
      actions[index].body = copier.rewritten(block.body)
    }
    diagnostics.formUnion(copier.diagnostics)
    if actions.count == first { leaveOut(block) }
  }

  /// Notes the maps of `block`, of which no action is made.
  private mutating func leaveOut(_ block: ActionBlock) {
    var names: Set<String> = []
    block.forEachExpression { if case .map(let name, _) = $0.kind { names.insert(name.text) } }
    mapsLeftOut.formUnion(names)
  }

  /// What tells one attach point of an action from another: a name can stand for several places.
  private struct Place: Hashable {

    /// The full name.
    let name: String

    /// What to attach to.
    let target: AttachTarget

    /// Creates the place of `point`.
    init(_ point: AttachPoint) {
      name = point.name
      target = point.target
    }

  }

  /// What attach points that share a program have in common.
  private struct GroupKey: Hashable {

    /// What the program finds.
    let context: ProbeContext

    /// How it is attached.
    let mechanism: AttachMechanism

  }

  /// Returns the attach points of `block` with what its programs use of what they find there, and reports those that are missing.
  mutating func resolve(_ block: PlanRecipe.Block) -> [ResolvedPoint] {
    var points: [ResolvedPoint] = []
    var places: Set<Place> = []
    for spec in block.specs {
      do {
        points += try resolve(spec, for: block.use).filter { places.insert(Place($0.point)).inserted }
      } catch {
        report(error)
      }
    }
    return points.map {
      ResolvedPoint(point: $0.point, context: block.use.stripped($0.context), mechanism: $0.mechanism)
    }
  }

  /// Returns the attach points that `spec` denotes, for an action with the given use of their contexts.
  private mutating func resolve(_ spec: ProbeSpec, for use: ContextUse) throws(ProbeFault) -> [ResolvedPoint]
  {
    let provider = try ProbeProviders.provider(of: spec)
    guard provider.takesPart(in: settings.mode) else { return [] }
    var points = try provider.resolve(spec, on: kernel, settings: settings)
    if let isWanted { points.removeAll { !$0.target.isOfScript && !isWanted($0.name) } }
    pointCount += points.count
    guard pointCount <= settings.maximumProbes else {
      throw ProbeFault(
        .tooManyProbes(pointCount, ofWhich: points.count, limit: settings.maximumProbes, at: spec))
    }
    var result: [ResolvedPoint] = []
    result.reserveCapacity(points.count)
    for point in points {
      let context = try provider.context(of: point, on: kernel)
      result.append(
        ResolvedPoint(
          point: point,
          context: try provider.completed(context, of: point, using: use.names, on: kernel),
          mechanism: provider.mechanism(for: point, on: kernel)))
    }
    return result
  }

  /// Reports `fault`, less loudly if the settings say so.
  private mutating func report(_ fault: ProbeFault) {
    let message = fault.diagnostic
    switch fault.isMissing ? settings.missingProbes : .error {
    case .error:
      diagnostics.insert(fault.isDispensable ? message.advisingToRunTheRest : message)
    case .warn:
      diagnostics.insert(
        Diagnostic(.warning, message.message, at: message.site, notes: message.notes, hint: message.hint))
    case .ignore: break
    }
  }

}

extension Expression {

  /// `true` iff the value depends on what the command line gives.
  fileprivate var asksCommandLine: Bool {
    var result = false
    forEachExpression { expression in
      switch expression.kind {
      case .positional, .positionalCount: result = true
      case .call(let name, _): if name.text == "getopt" { result = true }
      default: break
      }
    }
    return result
  }

}

extension Diagnostic {

  /// The message of a probe without which the rest of the script may run, saying how.
  fileprivate var advisingToRunTheRest: Diagnostic {
    let advice =
      "run the rest of the script with 'config = { missing_probes = warn }' in it, or with "
      + "'BPFTRACE_MISSING_PROBES=warn' in the environment"
    return Diagnostic(
      level, message, at: site, notes: notes, hint: hint.map { "\($0), or \(advice)" } ?? advice)
  }

}
