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
    let size = StackStorage.headerSize + frameBytes + StackStorage.overhead
    let usual = (StackStorage.usualMemory / size).clamped(to: 1 << 12...1 << 16)
    let capacity = max(usual, program.settings.maximumMapKeys)
    // Memory that is allocated on demand is not there for some programs that interrupt what allocates, and before Linux 6.1
    // for none (commit 34dd3bad1a6f); so that is done only where many more stacks are asked for than most scripts meet.
    let allocatesOnDemand = kernel.isAtLeast(6, 1) && capacity * size > StackStorage.greatestMemory
    self.init(
      frameBytes: frameBytes, capacity: capacity, allocatesOnDemand: allocatesOnDemand,
      lostCountOffset: lostCountOffset)
  }

  /// The number of bytes that the kernel adds to an element: its `struct htab_elem` and the key.
  private static let overhead = 64

  /// The number of bytes of memory that stacks take unless a script asks for more.
  private static let usualMemory = 12 << 20

  /// The greatest number of bytes of memory that the kernel is made to allocate before anything runs.
  private static let greatestMemory = 64 << 20

}

extension Int {

  /// Returns the nearest number in `range`.
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }

}
