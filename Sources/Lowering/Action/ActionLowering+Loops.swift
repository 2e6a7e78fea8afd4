import Builtins
import IR
import Kernel
import Semantics
import Syntax
import Types

/// Loops, and the ways out of them.
extension ActionLowering {

  /// Emits `while (test) { body }`.
  mutating func lowerWhile(_ test: Expression, _ body: Block) {
    builder.openBlock()
    let start = memory.mark
    let holds = condition(test)
    memory.release(to: start)
    builder.branch(holds, then: { _ in }, otherwise: { $0.emit(.leave) })
    lowerTurn(body)
    builder.emit(.loop(builder.closeBlock()))
    lowerReturnBehindLoop()
  }

  /// Emits `unroll (count) { body }`, a loop whose turns the verifier can count.
  mutating func lowerUnroll(_ count: Expression, _ body: Block) {
    let turn = builder.local(.i64)
    builder.set(turn, to: .constant(0, .i64))
    builder.openBlock()
    let number = builder.get(turn)
    let isMore = builder.binary(.unsignedLess, number, scalar(count, as: .int64))
    builder.branch(isMore, then: { _ in }, otherwise: { $0.emit(.leave) })
    builder.set(turn, to: builder.binary(.add, number, .constant(1, .i64)))
    lowerTurn(body)
    builder.emit(.loop(builder.closeBlock()))
    lowerReturnBehindLoop()
  }

  /// Emits `for ($i : lower..upper) { body }`.
  mutating func lowerForRange(_ id: NodeID, from lower: Expression, to upper: Expression, _ body: Block) {
    let first = scalar(lower, as: .int64)
    let end = scalar(upper, as: .int64)
    let isEmpty = builder.binary(.signedLessOrEqual, end, first)
    let distance = builder.binary(.subtract, end, first)
    let greatest = Operand.constant(Instruction.greatestCount, .i64)
    let isTooLong = builder.binary(.unsignedLess, greatest, distance)
    let turns = builder.select(isTooLong, greatest, distance)
    let count = builder.select(isEmpty, .constant(0, .i64), turns)

    let index = builder.register(.i64)
    builder.openBlock()
    set(variable: loopVariable(id), to: builder.binary(.add, first, .register(index)))
    lowerTurn(body)
    builder.emit(.forCount(count, index: index, builder.closeBlock()))
    lowerReturnBehindLoop()
  }

  /// Emits `for ($kv : @map) { body }`.
  mutating func lowerForEach(_ id: NodeID, over name: Name, _ body: Block) {
    let map = mapIndex(name.text)
    let (key, value) = (builder.register(.pointer), builder.register(.pointer))
    builder.openBlock()
    let start = memory.mark
    lowerElement(of: map, key: Place(.register(key)), value: Place(.register(value)), to: loopVariable(id))
    memory.release(to: start)
    lowerTurn(body)
    builder.emit(.forEachElement(map: map, key: key, value: value, builder.closeBlock()))
    lowerReturnBehindLoop()
  }

  /// Emits the instructions that make a tuple of the element of `map` at `key` and `value` in the variable at `index`, as far
  /// as it is used, and that go on with the next element if there is none.
  private mutating func lowerElement(of map: Int, key: Place, value: Place, to index: Int) {
    let description = mapDescription(map)
    guard case .tuple(let types) = action.variables[index].type, case .memory(let tuple) = variables[index]
    else {
      preconditionFailure("a loop whose variable is no tuple")
    }
    skipIfAbsent(description, map: map, key: key, value: value)
    let uses = loopVariables.uses(of: index)
    let offsets = StructLayout(of: types).offsets
    if uses.isWhole, StructLayout(of: types).hasPadding(between: types) {
      builder.emit(.zero(tuple, count: action.variables[index].type.size, alignment: 8))
    }
    if uses.contains(0) { copy(from: key, types[0], to: tuple.advanced(by: offsets[0]), types[0]) }
    guard types.count > 1, uses.contains(1) else { return }
    let place = tuple.advanced(by: offsets[1])
    switch description.value {
    case .aggregation(let aggregation):
      builder.store(gathered(aggregation, in: map, key: key), to: place)
    case .plain(let type) where type.isScalar:
      builder.store(loadElement(at: value, of: map, as: types[1]), to: place)
    case .plain(let type): copy(from: value, type, to: place, types[1])
    }
  }

  /// Emits the instructions that go on with the next element if the one at `key` and `value` was never set, which happens where
  /// elements are those of an array.
  private mutating func skipIfAbsent(_ description: MapDescription, map: Int, key: Place, value: Place) {
    guard case .dense(_, let isPerCPU) = description.storage else { return }
    let presence =
      isPerCPU
      ? builder.call(
        .gatheredSum, table(of: map), .address(key), possibleCPUs(as: .i32),
        .constant(Int64(description.presenceOffset / 8), .i32))
      : builder.load(.i64, from: value.advanced(by: description.presenceOffset))
    let isAbsent = builder.binary(.equal, presence, .constant(0, .i64))
    builder.branch(isAbsent) { $0.emit(.again) }
  }

  /// Emits `body`, that of the loop whose block is open.
  private mutating func lowerTurn(_ body: Block) {
    loopDepth += 1
    lower(body)
    loopDepth -= 1
  }

  /// Returns the variable of the loop `id`.
  private func loopVariable(_ id: NodeID) -> Int {
    guard let index = action.references[id] else { preconditionFailure("a loop without a variable") }
    return index
  }

  /// Emits `jump`, a way out of the innermost loop or of its turn.
  mutating func lowerJump(_ jump: Instruction) {
    discardEvents(sinceDepth: loopDepth)
    builder.emit(jump)
  }

  /// Emits the discarding of the events that are being made within at least `depth` loops, because control leaves an
  /// expression that is a part of them.
  private mutating func discardEvents(sinceDepth depth: Int) {
    for (record, recordDepth) in openEvents.reversed() where recordDepth >= depth {
      builder.call(.ringbufDiscard, record, .constant(0, .i64))
    }
  }

}
