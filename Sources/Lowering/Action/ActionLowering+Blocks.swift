import Builtins
import IR
import Probes
import Semantics
import Syntax
import Types

/// Block expressions and `return`.
extension ActionLowering {

  /// Emits `{ block; value }` and returns its value, which has the type `type`.
  mutating func lowerBlock(_ block: Block, _ value: Expression, as type: Type) -> LoweredValue {
    guard block.returnsValue else {
      lower(block)
      return lower(value)
    }
    let storage: VariableStorage =
      type.isScalar
      ? .local(builder.local(type.registerType))
      : .memory(memory.takeScratch(size: type.size))
    let isReturned = builder.local(.i8)
    builder.set(isReturned, to: .constant(0, .i8))
    // The block is a loop of one turn, which a returned value leaves.
    builder.openBlock()
    blockResults.append(
      BlockResult(
        type: type, storage: storage, isReturned: isReturned, loopDepth: loopDepth,
        eventCount: openEvents.count))
    lower(block)
    let result = blockResults.removeLast()
    put(value, into: result)
    builder.emit(.leave)
    builder.emit(.loop(builder.closeBlock()))
    switch storage {
    case .local(let local): return .scalar(builder.get(local))
    case .memory(let place): return .memory(place)
    }
  }

  /// Emits `return value` or `return`.
  mutating func lowerReturn(_ value: Expression?) {
    guard let value, let result = blockResults.last else {
      if let value, action.mechanism == .test {
        builder.store(scalar(value, as: .int64), to: module.global(.testStatus))
      }
      return endProgram()
    }
    put(value, into: result)
    discardEvents(from: result.eventCount)
    if loopDepth > result.loopDepth {
      builder.set(result.isReturned, to: .constant(1, .i8))
      blockResults[blockResults.count - 1].isReturnedInLoop = true
    }
    builder.emit(.leave)
  }

  /// Emits the end of the program, and of events that are being made.
  mutating func endProgram() {
    discardEvents(from: 0)
    builder.emit(.stop)
  }

  /// Emits the way on from the end of a loop out of the block expression that the loop has returned the value of.
  mutating func lowerReturnBehindLoop() {
    guard let result = blockResults.last, result.isReturnedInLoop, loopDepth >= result.loopDepth else {
      return
    }
    builder.branch(builder.get(result.isReturned)) { $0.emit(.leave) }
  }

  /// Emits the assignment of `value` to the place of the result of a block.
  private mutating func put(_ value: Expression, into result: BlockResult) {
    switch result.storage {
    case .local(let local):
      let operand = scalar(value, as: result.type)
      builder.set(local, to: operand)
    case .memory(let place): write(value, as: result.type, to: place)
    }
  }

  /// Emits the discarding of the events that are being made but for the first `count`.
  private mutating func discardEvents(from count: Int) {
    for (record, _) in openEvents[count...].reversed() {
      builder.call(.ringbufDiscard, record, .constant(0, .i64))
    }
  }

}
