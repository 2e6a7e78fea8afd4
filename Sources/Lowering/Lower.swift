public import IR
public import Kernel
public import Probes
public import Semantics

/// A lowered script and what it is to be attached to.
public struct LoweredScript: Sendable {

  /// The programs and what they share with the process.
  public let module: TraceModule

  /// What will be loaded and attached.
  public let plan: AttachPlan

}

/// Returns the programs of `program` in our intermediate representation and what they will be attached to.
public func lower(_ program: Program, on kernel: any KernelView) -> LoweredScript {
  LoweredScript(module: TraceModule(), plan: AttachPlan())
}
