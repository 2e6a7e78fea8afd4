public import Diagnostics
public import Kernel
public import Syntax
public import Types

/// Returns `script` with names resolved, types inferred and probes found on `kernel`, nil iff errors were reported.
public func analyze(
  _ script: Script, on kernel: any KernelView, settings: Settings,
  reportingTo diagnostics: inout DiagnosticSet
) -> Program? {
  nil
}
