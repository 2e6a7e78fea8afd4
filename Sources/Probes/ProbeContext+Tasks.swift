import IR
public import Kernel
import Types

extension ProbeContext {

  /// Returns where in the context an iterator's program finds the task that it is at, nil if it goes over something else.
  public func iteratedTaskOffset(on kernel: any KernelView) -> Int? {
    guard programKind == .iterator, case .structure(let structure) = contextType else { return nil }
    return kernel.layout(of: structure.name)?["task"]?.offset
  }

}
