import Builtins
import Kernel
import Semantics
import Syntax
import Types

extension StackStorage {

  /// Creates what the stacks that `program` records need; those that cannot be kept are counted at `lostCountOffset`.
  init(for program: Program, on kernel: any KernelView, lostCountOffset: Int) {
    var frameBytes = 0
    for action in program.actions {
      let note = { (expression: Expression) in
        let request = StackRequest(expression, settings: program.settings)
        frameBytes = max(frameBytes, request?.frameBytes ?? 0)
      }
      action.predicate?.forEachExpression(note)
      action.body.forEachExpression(note)
    }
    // Before Linux 6.1 programs that interrupt the allocator may not allocate (commit 34dd3bad1a6f).
    let allocatesOnDemand = kernel.isAtLeast(6, 1)
    self.init(
      frameBytes: frameBytes,
      capacity: max(allocatesOnDemand ? 1 << 15 : 1 << 13, program.settings.maximumMapKeys),
      allocatesOnDemand: allocatesOnDemand, lostCountOffset: lostCountOffset)
  }

}
