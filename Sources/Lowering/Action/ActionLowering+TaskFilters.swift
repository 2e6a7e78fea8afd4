import Builtins
import IR
import Probes
import Semantics
import Types

/// Early ends for tasks that tracing is not narrowed to.
extension ActionLowering {

  /// Emits an early end for processes other than the one that tracing is narrowed to.
  mutating func lowerProcessFilter() {
    guard settings.narrowsProbes, let pid = settings.targetPID, action.context.belongsToProcess else {
      return
    }
    builder.branch(isCurrent(pid), then: { _ in }, otherwise: { $0.emit(.stop) })
  }

  /// Emits whether the current process is `pid`.
  private mutating func isCurrent(_ pid: Int32) -> Operand {
    let start = memory.mark
    let both = currentTaskNumbers()
    memory.release(to: start)
    let current = builder.binary(.logicalShiftRight, both, .constant(32, .i64))
    return builder.binary(.equal, current, .constant(Int64(pid), .i64))
  }

  /// Emits whether tracing is narrowed to the current task, if to any: an `i8` that is 1 iff so.
  mutating func isTraced() -> Operand {
    var result = Operand.constant(1, .i8)
    if let pid = settings.targetPID { result = isCurrent(pid) }
    for filter in settings.filters.all {
      let start = memory.mark
      let passes = passes(filter, nil)
      memory.release(to: start)
      result = builder.binary(.and, result, passes)
    }
    return result
  }

  /// Emits an early end for tasks that the filters do not let pass: the current one, or the one that an iterator is at.
  mutating func lowerTaskFilters() {
    let filters = settings.filters.all
    guard settings.narrowsProbes, !filters.isEmpty else { return }
    let start = memory.mark
    defer { memory.release(to: start) }
    var task: Operand? = nil
    if !action.context.belongsToProcess {
      guard let offset = action.context.iteratedTaskOffset(on: kernel) else { return }
      // As a number: the verifier has seen a null check of another copy of the pointer.
      task = plainNumber(builder.load(.pointer, from: Place(.context, offset: offset)))
    }
    for filter in filters {
      let start = memory.mark
      let passes = passes(filter, task)
      memory.release(to: start)
      builder.branch(passes, then: { _ in }, otherwise: { $0.emit(.stop) })
    }
  }

  /// Emits whether `filter` lets the task at the address `task` pass, or the current one if that is nil.
  private mutating func passes(_ filter: TaskFilter, _ task: Operand?) -> Operand {
    let key: Operand
    switch filter {
    case .controlGroup:
      guard let task else {
        let answer = builder.call(.currentTaskUnderCgroup, .filter(filter), .constant(0, .i32))
        return builder.binary(.equal, answer, .constant(1, .i64))
      }
      guard let group = settings.filters.controlGroupNumber else { preconditionFailure("no such filter") }
      return isTask(task, below: group)
    case .controlGroupMap: key = controlGroup(of: task)
    case .mountNamespaceMap: key = mountNamespace(of: task)
    }
    let place = memory.take(size: 8, alignment: 8, in: &builder)
    builder.store(key, to: place)
    let entry = builder.call(.mapLookupElement, .filter(filter), .address(place))
    return builder.opaque(builder.isNotNull(entry))
  }

}
