import Diagnostics
import Kernel
import Probes

extension [ActionDraft] {

  /// Warns of probes on functions that the kernel hardly calls, unless there is one on a function that it calls instead.
  func remarkOnBypassedFunctions(of kernel: any KernelView, reportingTo diagnostics: inout DiagnosticSet) {
    let points = flatMap(\.points).filter { !$0.isChosenByWildcard && $0.target.isKernelFunction }
    let names = Set(points.map(\.function))
    for point in points {
      guard let function = kernel.bypassed(point.function), names.isDisjoint(with: function.successors) else {
        continue
      }
      diagnostics.insert(.bypassed(function, at: point))
    }
  }

}

extension Diagnostic {

  /// A probe on a function that is there but of little use.
  fileprivate static func bypassed(_ function: FormerFunction, at point: AttachPoint) -> Diagnostic {
    let successors = function.successors.map { "'\($0)'" }.joined(separator: " or ")
    return Diagnostic(
      .warning,
      "hardly anything calls the kernel function '\(function.name)' since Linux \(function.endText): "
        + "\(successors) took its place",
      at: point.site, hint: "probe \(successors) instead, or both")
  }

}

extension AttachTarget {

  /// `true` iff it is the start of a function of the kernel, a place in one or its return.
  fileprivate var isKernelFunction: Bool {
    switch self {
    case .kernelFunction, .tracedFunction: true
    default: false
    }
  }

}
