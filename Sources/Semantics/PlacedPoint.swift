public import Diagnostics
public import Kernel
public import Probes
public import Types

/// An attach point on a machine, and what programs find there.
public struct PlacedPoint: Sendable {

  /// The attach point.
  public let point: AttachPoint

  /// What programs find there, as far as they use it.
  public let context: ProbeContext

  /// How they are attached there.
  public let mechanism: AttachMechanism

}

/// Returns the attach points on `kernel` of each of `blocks`, whose programs were compiled before.
public func place(
  _ blocks: [PlanRecipe.Block], on kernel: any KernelView, settings: Settings,
  keeping isWanted: ((String) -> Bool)? = nil, reportingTo diagnostics: inout DiagnosticSet
) -> [[PlacedPoint]] {
  var resolution = ProbeResolution(
    on: kernel, settings: settings, options: .none, isWanted: isWanted)
  let result = blocks.map { block in
    resolution.resolve(block).map {
      PlacedPoint(point: $0.point, context: $0.context, mechanism: $0.mechanism)
    }
  }
  diagnostics.formUnion(resolution.diagnostics)
  return result
}
