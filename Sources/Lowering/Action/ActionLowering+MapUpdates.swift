import Builtins
import IR
import Semantics
import Syntax
import Types

/// What `bpf_map_update_elem` is told (`include/uapi/linux/bpf.h`).
private enum UpdateFlags {

  /// `BPF_ANY`: makes a new element or changes the one that is there.
  static let any = Operand.constant(0, .i64)

  /// `BPF_NOEXIST`: makes a new element unless there is one.
  static let noExist = Operand.constant(1, .i64)

}

/// Changes of maps.
extension ActionLowering {

  /// Emits `@name[key] = value` and its like.
  mutating func lowerMapAssignment(
    to target: Expression, name: Name, key: [Expression], operation: BinaryOperator?, value: Expression
  ) {
    let map = mapIndex(name.text)
    if let (call, builtin) = value.aggregationCall {
      gather(call, by: builtin, in: map, key: key)
      return
    }
    let addition =
      switch operation {
      case nil: value.amountAdded(to: target)
      case .add: (value, false)
      case .subtract: (value, true)
      default: nil as (Expression, Bool)?
      }
    if let (amount, isNegative) = addition, mapDescription(map).holdsCounter {
      let number = scalar(amount, as: .int64)
      let change = isNegative ? builder.binary(.subtract, .constant(0, .i64), number) : number
      _ = addToMap(name, key: key, amount: change, isUsed: false)
      return
    }
    if let atomic = operation?.atomic, mapDescription(map).holdsCounter {
      let number = scalar(value, as: .int64)
      changeElement(of: map, key: key) { $0.combine(number, by: atomic, with: $1, of: map) }
      return
    }
    guard let operation else {
      assign(to: map, key: key) {
        $0.write(value, as: $1, to: $2, for: .value)
      } scalar: {
        $0.scalar(value, as: $1)
      }
      return
    }
    let type = type(of: target)
    let old = convert(scalarOperand(target), from: type, to: type.asArithmetic)
    let new = binary(
      operation, old, type.asArithmetic, scalarOperand(value), self.type(of: value), result: type.asArithmetic
    )
    assign(to: map, key: key) { _, _, _ in
      preconditionFailure("not a scalar")
    } scalar: { lowering, stored in
      lowering.convert(new, from: type.asArithmetic, to: stored)
    }
  }

  /// Emits the assignment of a value to an element: `scalar` emits a scalar of the given type and returns it, `write` writes
  /// any other to the given place.
  private mutating func assign(
    to map: Int, key: [Expression], write: (inout ActionLowering, Type, Place) -> Void,
    scalar: (inout ActionLowering, Type) -> Operand
  ) {
    let description = mapDescription(map)
    guard case .plain(let type) = description.value else { preconditionFailure("not a plain value") }
    guard type.isScalar else {
      let value = memory.take(size: type.size, alignment: 8, in: &builder)
      write(&self, type, value)
      let place = self.key(key, of: map)
      update(map, key: place, value: value)
      return
    }
    let value = convert(scalar(&self, type), from: type, to: description.stored(type))
    if case .global(let offset, let presence) = description.storage {
      builder.store(value, to: Place(.globals, offset: offset))
      builder.store(.constant(1, .i8), to: Place(.globals, offset: presence))
      return
    }
    let place = self.key(key, of: map)
    if isLong, description.storage.isTable {
      let copy = memory.take(size: 8, alignment: 8, in: &builder)
      builder.store(value, to: copy)
      update(map, key: place, value: copy)
      return
    }
    // An element that is there is written in place, which costs half of an update.
    let entry = lookup(map, key: place)
    ifThere(
      entry,
      then: { lowering, element in
        lowering.builder.store(value, to: element)
        lowering.markPresent(element, in: map)
      },
      otherwise: { lowering in
        guard description.storage.isTable else { return }
        let copy = lowering.memory.take(size: 8, alignment: 8, in: &lowering.builder)
        lowering.builder.store(value, to: copy)
        lowering.update(map, key: place, value: copy)
      })
  }

  /// Emits an update of a hash table, or of an array's entry with its presence word.
  private mutating func update(_ map: Int, key: Place, value: Place) {
    let description = mapDescription(map)
    if case .dense = description.storage {
      ifThere(lookup(map, key: key)) { lowering, element in
        lowering.builder.emit(.copy(to: element, from: value, count: description.valueSize, alignment: 8))
        lowering.markPresent(element, in: map)
      }
      return
    }
    let result = call(
      .mapUpdateElement, on: selection(of: map), [.address(key), .address(value), UpdateFlags.any])
    countRefusal(result, of: map)
  }

  /// Emits the atomic addition of `amount` to an element, which starts at zero if it is not there, and returns what it was
  /// before; that is of no meaning unless `isUsed`.
  mutating func addToMap(_ name: Name, key: [Expression], amount: Operand, isUsed: Bool) -> Operand {
    let old = builder.local(.i64)
    let map = mapIndex(name.text)
    changeElement(of: map, key: key) { lowering, element in
      lowering.add(amount, to: element, of: map, old: isUsed ? old : nil)
    }
    return builder.get(old)
  }

  /// Emits a change of an element in its place, which starts at zero if it is not there.
  private mutating func changeElement(
    of map: Int, key: [Expression], by change: (inout ActionLowering, Place) -> Void
  ) {
    if case .global(let offset, let presence) = mapDescription(map).storage {
      change(&self, Place(.globals, offset: offset))
      builder.store(.constant(1, .i8), to: Place(.globals, offset: presence))
      return
    }
    let (place, work) = keyOfNewElement(key, of: map)
    withElement(of: map, key: place, beforeMakingIt: work) { lowering, element in
      change(&lowering, element)
      lowering.markPresent(element, in: map)
    }
  }

  /// Emits an atomic addition to the integer at `place`, an element of `map`; what was there before goes to `old`, if given.
  private mutating func add(_ amount: Operand, to place: Place, of map: Int, old: Local?) {
    let type = mapDescription(map).storedInteger
    guard type.width >= 32 else {
      change(place, type, old: old) { $0.binary(.add, $1, amount) }
      return
    }
    let amount = convert(amount, from: .int64, to: .integer(type))
    guard let old else {
      builder.emit(.atomicAdd(place, amount))
      return
    }
    let previous = builder.register(.integer(width: type.width))
    builder.emit(.atomicFetchAdd(previous, place, amount))
    builder.set(old, to: convert(.register(previous), from: .integer(type), to: .int64))
  }

  /// Emits an atomic operation with `number` on the integer at `place`, an element of `map`.
  private mutating func combine(
    _ number: Operand, by operation: AtomicOperation, with place: Place, of map: Int
  ) {
    let type = mapDescription(map).storedInteger
    guard type.width >= 32 else {
      change(place, type, old: nil) { $0.binary(operation.plain, $1, number) }
      return
    }
    builder.emit(.atomic(operation, place, convert(number, from: .int64, to: .integer(type))))
  }

  /// Emits a change, in several steps, of the integer of type `type` at `place`, which is too narrow for the machine to
  /// change it in one; what was there before goes to `old`, if given.
  private mutating func change(
    _ place: Place, _ type: IntegerType, old: Local?,
    by operation: (inout ProgramBuilder, Operand) -> Operand
  ) {
    let before = convert(
      builder.load(.integer(width: type.width), from: place), from: .integer(type), to: .int64)
    if let old { builder.set(old, to: before) }
    builder.store(convert(operation(&builder, before), from: .int64, to: .integer(type)), to: place)
  }

  /// Emits the gathering of numbers in an element.
  private mutating func gather(
    _ call: BuiltinCall, by builtin: any AggregationBuiltin, in map: Int, key: [Expression]
  ) {
    guard case .aggregation(let aggregation) = mapDescription(map).value else {
      preconditionFailure("not an aggregation")
    }
    let operands = builtin.operands(of: call, for: aggregation, in: &self)
    let (place, work) = keyOfNewElement(key, of: map)
    withElement(of: map, key: place, beforeMakingIt: work) { lowering, element in
      builtin.emitUpdate(of: element, for: aggregation, with: operands, in: &lowering.builder)
      lowering.markPresent(element, in: map)
    }
  }

  /// Emits the use of an element, which is made of zeros first if it is not there, after `work`; the update of a full table is
  /// counted as refused.
  private mutating func withElement(
    of map: Int, key: Place, beforeMakingIt work: [(inout ActionLowering) -> Void],
    use: (inout ActionLowering, Place) -> Void
  ) {
    let description = mapDescription(map)
    guard description.storage.isTable else {
      precondition(work.isEmpty, "an array's elements are never made")
      ifThere(lookup(map, key: key), then: use)
      return
    }
    let entry = builder.local(.pointer)
    let table = selection(of: map)
    let first = lookup(table, key: key)
    builder.set(entry, to: first)
    let zeros = module.constant(Array(repeating: 0, count: description.valueSize))
    lowerBranch(builder.isNotNull(first), then: { _ in }) { lowering in
      for emit in work { emit(&lowering) }
      // Another CPU may have made the element meanwhile: then this update fails and the look-up finds that one.
      _ = lowering.call(
        .mapUpdateElement, on: table, [.address(key), .address(zeros), UpdateFlags.noExist])
      lowering.builder.set(entry, to: lowering.lookup(table, key: key))
    }
    let counter = Place(.globals, offset: module.storage.globals.refusedUpdates[map])
    ifThere(
      builder.get(entry), then: use,
      otherwise: { $0.builder.emit(.atomicAdd(counter, .constant(1, .i64))) })
  }

}

extension MapDescription {

  /// `true` iff the map holds integers, which can be added to atomically.
  fileprivate var holdsCounter: Bool { if case .plain(.integer) = value { true } else { false } }

  /// The type of the memory of the integers that the map holds, or of what is counted in 64 bits.
  fileprivate var storedInteger: IntegerType {
    if pinned != nil, case .plain(.integer(let type)) = value { type } else { .int64 }
  }

}

extension BinaryOperator {

  /// The operation that the machine does atomically in memory, besides addition.
  fileprivate var atomic: AtomicOperation? {
    switch self {
    case .bitAnd: .and
    case .bitOr: .or
    case .bitXor: .xor
    default: nil
    }
  }

}

extension AtomicOperation {

  /// The same operation in a register.
  fileprivate var plain: BinaryOperation {
    switch self {
    case .and: .and
    case .or: .or
    case .xor: .xor
    }
  }

}
