import BPF
import IR
import Probes

extension PlannedProgram {

  /// What the kernel must be told when it loads the program, nil if that is nothing.
  func tracingRequest(license: String) -> TracingRequest? {
    guard let kind = kind.tracing else { return nil }
    return TracingRequest(kind: kind, targets: points.map(\.tracingTarget), license: license)
  }

}

extension ProgramKind {

  /// The kind of target that programs of the kind are loaded for, nil if there is none.
  var tracing: TracingRequest.Kind? {
    switch self {
    case .fentry: .fentry
    case .fexit: .fexit
    case .typedRawTracepoint: .rawTracepoint
    case .iterator: .iterator
    default: nil
    }
  }

}

extension PlannedPoint {

  /// The target that a program is loaded for.
  fileprivate var tracingTarget: TracingRequest.Target {
    switch point.target {
    case .tracedFunction(let target):
      .init(typeNumber: target.typeNumber, module: target.module, program: target.program)
    case .rawTracepoint(_, let module, let typeNumber?): .init(typeNumber: typeNumber, module: module)
    case .iterator(let target): .init(typeNumber: target.typeNumber, module: target.module)
    default: preconditionFailure("a program that is loaded for a target is to be attached elsewhere")
    }
  }

}
