public import Diagnostics
import IR
public import Kernel
public import Probes
import Semantics
import Syntax
public import Types

/// The plan of a script that was compiled elsewhere, for the machine at hand.
public struct NewPlan: Sendable {

  /// What will be loaded and attached. Programs that have no probes on the machine are not in it.
  public let plan: AttachPlan

  /// The names that numbers of probes stand for: those that the programs know, and those that are new.
  public let probes: [ProbeDescription]

}

/// Returns what the programs of `plan`, which were made as `recipe` says, are attached to on `kernel`; nil, and what is wrong in
/// `diagnostics`, if that is not possible.
///
/// Wildcards are looked up anew. A program is attached to all probes of its block at which it finds what it expects.
public func replan(
  _ plan: AttachPlan, by recipe: PlanRecipe, naming probes: [ProbeDescription], on kernel: any KernelView,
  settings: Settings, keeping isWanted: ((String) -> Bool)? = nil,
  reportingTo diagnostics: inout DiagnosticSet
) -> NewPlan? {
  var found = DiagnosticSet()
  defer { diagnostics.formUnion(found) }
  let placed = place(recipe.blocks, on: kernel, settings: settings, keeping: isWanted, reportingTo: &found)
  if found.containsError { return nil }

  var table = ProbeTable(naming: probes)
  var points: [[PlacedPoint]] = recipe.programs.map { _ in [] }
  for (block, placedPoints) in placed.enumerated() {
    let candidates = recipe.programs.indices.filter { recipe.programs[$0].block == block }
    for placed in placedPoints {
      let program = candidates.first { index in
        recipe.programs[index].takes(placed, knownAs: plan.programs[index].points.map(\.point))
      }
      if let program {
        table.add(placed.point)
        points[program].append(placed)
      } else if candidates.isEmpty {
        continue
      } else {
        found.insert(.unfit(placed, for: candidates.map { recipe.programs[$0] }))
      }
    }
  }
  if found.containsError { return nil }

  var programs: [PlannedProgram] = []
  for (index, points) in points.enumerated() where !points.isEmpty {
    let (kind, mechanism) = points.commonMechanism
    programs.append(
      PlannedProgram(
        name: plan.programs[index].name, kind: kind, mechanism: mechanism,
        points: points.map { PlannedPoint(probeIndex: table.index(of: $0.point), point: $0.point) }))
  }
  if programs.isEmpty {
    if let spec = recipe.blocks.first?.specs.first {
      found.insert(.error("nothing is left to attach to on this machine", at: spec.site))
    }
    return nil
  }
  return NewPlan(
    plan: AttachPlan(programs: programs, missingProbes: settings.missingProbes), probes: table.descriptions)
}

extension PlanRecipe.Program {

  /// Returns `true` iff the program finds at `placed` what it expects; `points` are those that it had when it was compiled.
  fileprivate func takes(_ placed: PlacedPoint, knownAs points: [AttachPoint]) -> Bool {
    let isKnown = points.contains { $0.name == placed.point.name }
    guard asksForProbe ? placed.context.hasCookie : isKnown else { return false }
    // Where the fields are is a matter of the program's facts then, and that they are there, too.
    if points.count == 1 && points[0].canHaveMovedFields {
      return isKnown && placed.context.portable.withoutFields == context.portable.withoutFields
    }
    return placed.context.portable == context.portable
  }

}

extension [PlacedPoint] {

  /// The kind of program and the mechanism that all of the points have; those for single functions do for all where some points
  /// can only be had so.
  fileprivate var commonMechanism: (ProgramKind, AttachMechanism) {
    let single = first { [.perfKprobe, .perfUprobe].contains($0.mechanism) } ?? self[0]
    return (single.context.programKind, single.mechanism)
  }

}

extension ProbeContext {

  /// The context without what depends on how programs are attached or on the words of messages.
  fileprivate var portable: ProbeContext {
    var result = self
    result.hasCookie = true
    switch programKind {
    case .kprobeMulti, .kprobeSession: result.programKind = .kprobe
    case .uprobeMulti: result.programKind = .uprobe
    default: break
    }
    result.fields = fields.map { $0.map(\.withoutDeclaration) }
    return result
  }

}

extension ProbeContext {

  /// The context without fields.
  fileprivate var withoutFields: ProbeContext {
    var result = self
    result.fields = nil
    return result
  }

}

extension ContextField {

  /// The field without the words in which it is listed.
  fileprivate var withoutDeclaration: ContextField {
    ContextField(name: name, value: value, isDataLocation: isDataLocation, declaration: "")
  }

}

extension Diagnostic {

  /// A probe at which none of `programs` finds what it was compiled for. A wildcard does without it.
  fileprivate static func unfit(_ placed: PlacedPoint, for programs: [PlanRecipe.Program]) -> Diagnostic {
    let name = placed.point.name
    var reason = "the programs in the file were compiled for others"
    let known = Set(placed.context.fields?.map(\.name) ?? [])
    let expected = programs.flatMap { $0.context.fields ?? [] }
    if let missing = expected.first(where: { !known.contains($0.name) }) {
      reason = "'\(name)' has no argument '\(missing.name)' in this kernel"
    } else if let moved = expected.first(where: { field in
      !(placed.context.fields ?? []).contains { $0.withoutDeclaration == field.withoutDeclaration }
    }) {
      reason = "the argument '\(moved.name)' of '\(name)' has another type or place in this kernel"
    } else if programs.contains(where: \.asksForProbe), !placed.context.hasCookie {
      reason = "the kernel cannot tell programs that they run at '\(name)'"
    } else {
      reason = "what programs find at '\(name)' is different in this kernel"
    }
    return Diagnostic(
      placed.point.isChosenByWildcard ? .warning : .error, reason, at: placed.point.site,
      hint: placed.point.isChosenByWildcard ? nil : "build the file on a machine with this kernel")
  }

}
