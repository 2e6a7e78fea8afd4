import Builtins
import IR
import Kernel
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

extension ActionLowering {

  // MARK: Keys and elements

  /// Emits the instructions that write a key of `map` to memory, and returns where it is.
  mutating func key(_ expressions: [Expression], of map: Int) -> Place {
    let description = mapDescription(map)
    let place = memory.take(size: description.keySize, alignment: 8, in: &builder)
    switch description.storage {
    case .global: preconditionFailure("a variable has no key")
    case .perCPU: builder.store(.constant(0, .i32), to: place)
    case .dense: builder.store(scalar(expressions[0], as: description.key[0]), to: place)
    case .hash:
      let types = description.key
      if types.isEmpty {
        builder.store(.constant(0, .i64), to: place)
      } else if types.count == 1 {
        write(expressions[0], as: types[0], to: place)
      } else {
        let layout = description.keyLayout
        if layout.hasPadding(between: types) { builder.emit(.zero(place, count: layout.size, alignment: 8)) }
        for (index, expression) in expressions.enumerated() {
          write(expression, as: types[index], to: place.advanced(by: layout.offsets[index]))
        }
      }
    }
    return place
  }

  /// Emits a look-up and returns the address of the entry or a null pointer.
  mutating func lookup(_ map: Int, key: Place) -> Operand {
    builder.call(.mapLookupElement, .map(map), .address(key))
  }

  /// Emits the use of the entry at `address` if there is one.
  private mutating func ifThere(
    _ address: Operand, then: (inout ActionLowering, Place) -> Void,
    otherwise: (inout ActionLowering) -> Void = { _ in }
  ) {
    guard case .register(let register) = address else { preconditionFailure("not an address") }
    lowerBranch(
      builder.isNotNull(address), then: { then(&$0, Place(.register(register))) }, otherwise: otherwise)
  }

  /// Emits the note that the entry at `place` is set, if the storage of `map` needs one.
  private mutating func markPresent(_ place: Place, in map: Int) {
    let description = mapDescription(map)
    switch description.storage {
    case .perCPU, .dense:
      builder.store(.constant(1, .i64), to: place.advanced(by: description.presenceOffset))
    case .global, .hash: break
    }
  }

  /// Emits the count of a refused update if `result`, what a helper returned, says so.
  private mutating func countRefusal(_ result: Operand, of map: Int) {
    let isRefused = builder.binary(.signedLess, result, .constant(0, .i64))
    let counter = Place(.globals, offset: module.storage.globals.refusedUpdates[map])
    builder.branch(isRefused) { $0.emit(.atomicAdd(counter, .constant(1, .i64))) }
  }

  // MARK: Reading

  /// Emits a read of a map's element: zero or empty if it is not there.
  mutating func lowerMapRead(_ name: Name, key: [Expression], as type: Type) -> LoweredValue {
    let map = mapIndex(name.text)
    if case .aggregation(let aggregation) = mapDescription(map).value {
      return .scalar(gathered(aggregation, in: map, key: self.key(key, of: map)))
    }
    guard type.isScalar else {
      let place = memory.take(size: type.size, alignment: 8, in: &builder)
      writeElement(of: name, key: key, as: type, to: place)
      return .memory(place)
    }
    if case .global(let offset, _) = mapDescription(map).storage {
      return .scalar(loadElement(at: Place(.globals, offset: offset), of: map, as: type))
    }
    let result = builder.local(type.registerType)
    builder.set(result, to: .constant(0, type.registerType))
    let entry = lookup(map, key: self.key(key, of: map))
    ifThere(entry) { lowering, place in
      lowering.builder.set(result, to: lowering.loadElement(at: place, of: map, as: type))
    }
    return .scalar(builder.get(result))
  }

  /// Emits a call that puts together what all CPUs have gathered in the element of `map` at `key`, and returns the number.
  private mutating func gathered(_ aggregation: Aggregation, in map: Int, key: Place) -> Operand {
    /// Returns `flag` as an argument.
    func argument(_ flag: Bool) -> Operand { .constant(flag ? 1 : 0, .i32) }
    let (table, place) = (Operand.map(map), Operand.address(key))
    let cpus = Operand.constant(Int64(kernel.possibleCPUCount), .i32)
    switch aggregation {
    case .count, .sum:
      return builder.call(.gatheredSum, table, place, cpus, .constant(0, .i32))
    case .average(let isSigned):
      return builder.call(.gatheredAverage, table, place, cpus, argument(isSigned))
    case .minimum(let isSigned):
      return builder.call(.gatheredExtreme, table, place, cpus, argument(isSigned), argument(false))
    case .maximum(let isSigned):
      return builder.call(.gatheredExtreme, table, place, cpus, argument(isSigned), argument(true))
    case .stats, .histogram, .linearHistogram:
      preconditionFailure("an aggregation that is not one number")
    }
  }

  /// Emits a load of the plain scalar at `place`, an element of `map`.
  private mutating func loadElement(at place: Place, of map: Int, as type: Type) -> Operand {
    guard case .plain(let stored) = mapDescription(map).value else {
      preconditionFailure("not a plain value")
    }
    return convert(builder.load(stored.storageType, from: place), from: stored.asStored, to: type)
  }

  /// Emits the instructions that write a map's element, converted to `target`, to `place`: zeros if it is not there.
  mutating func writeElement(of name: Name, key: [Expression], as target: Type, to place: Place) {
    let map = mapIndex(name.text)
    guard case .plain(let stored) = mapDescription(map).value else {
      preconditionFailure("not a plain value")
    }
    let entry = lookup(map, key: self.key(key, of: map))
    ifThere(
      entry, then: { $0.copy(from: $1, stored, to: place, target) },
      otherwise: { $0.builder.emit(.zero(place, count: target.size, alignment: 8)) })
  }

  // MARK: Writing

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
    guard let operation else {
      assign(to: map, key: key) {
        $0.write(value, as: $1, to: $2)
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
    let value = convert(scalar(&self, type), from: type, to: type.asStored)
    if case .global(let offset, let presence) = description.storage {
      builder.store(value, to: Place(.globals, offset: offset))
      builder.store(.constant(1, .i8), to: Place(.globals, offset: presence))
      return
    }
    // An element that is there is written in place, which costs half of an update.
    let place = self.key(key, of: map)
    let entry = lookup(map, key: place)
    ifThere(
      entry,
      then: { lowering, element in
        lowering.builder.store(value, to: element)
        lowering.markPresent(element, in: map)
      },
      otherwise: { lowering in
        guard case .hash = description.storage else { return }
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
    let result = builder.call(
      .mapUpdateElement, .map(map), .address(key), .address(value), UpdateFlags.any)
    countRefusal(result, of: map)
  }

  /// Emits the atomic addition of `amount` to an element, which starts at zero if it is not there, and returns what it was
  /// before; that is of no meaning unless `isUsed`.
  mutating func addToMap(_ name: Name, key: [Expression], amount: Operand, isUsed: Bool) -> Operand {
    let map = mapIndex(name.text)
    let old = builder.local(.i64)
    if case .global(let offset, let presence) = mapDescription(map).storage {
      add(amount, to: Place(.globals, offset: offset), old: isUsed ? old : nil)
      builder.store(.constant(1, .i8), to: Place(.globals, offset: presence))
      return builder.get(old)
    }
    let place = self.key(key, of: map)
    withElement(of: map, key: place) { lowering, element in
      lowering.add(amount, to: element, old: isUsed ? old : nil)
      lowering.markPresent(element, in: map)
    }
    return builder.get(old)
  }

  /// Emits an atomic addition; what was there before goes to `old`, if given.
  private mutating func add(_ amount: Operand, to place: Place, old: Local?) {
    guard let old else {
      builder.emit(.atomicAdd(place, amount))
      return
    }
    let previous = builder.register(.i64)
    builder.emit(.atomicFetchAdd(previous, place, amount))
    builder.set(old, to: .register(previous))
  }

  /// Emits the gathering of numbers in an element.
  private mutating func gather(
    _ call: BuiltinCall, by builtin: any AggregationBuiltin, in map: Int, key: [Expression]
  ) {
    guard case .aggregation(let aggregation) = mapDescription(map).value else {
      preconditionFailure("not an aggregation")
    }
    let operands = builtin.operands(of: call, for: aggregation, in: &self)
    let place = self.key(key, of: map)
    withElement(of: map, key: place) { lowering, element in
      builtin.emitUpdate(of: element, for: aggregation, with: operands, in: &lowering.builder)
      lowering.markPresent(element, in: map)
    }
  }

  /// Emits the use of an element, which is made of zeros first if it is not there; the update of a full table is counted as
  /// refused.
  private mutating func withElement(
    of map: Int, key: Place, use: (inout ActionLowering, Place) -> Void
  ) {
    let description = mapDescription(map)
    guard case .hash = description.storage else {
      ifThere(lookup(map, key: key), then: use)
      return
    }
    let entry = builder.local(.pointer)
    let first = lookup(map, key: key)
    builder.set(entry, to: first)
    let zeros = module.constant(Array(repeating: 0, count: description.valueSize))
    lowerBranch(builder.isNotNull(first), then: { _ in }) { lowering in
      // Another CPU may have made the element meanwhile: then this update fails and the look-up finds that one.
      lowering.builder.call(
        .mapUpdateElement, .map(map), .address(key), .address(zeros), UpdateFlags.noExist)
      lowering.builder.set(entry, to: lowering.lookup(map, key: key))
    }
    let counter = Place(.globals, offset: module.storage.globals.refusedUpdates[map])
    ifThere(
      builder.get(entry), then: use,
      otherwise: { $0.builder.emit(.atomicAdd(counter, .constant(1, .i64))) })
  }

  // MARK: Removing and printing

  /// Emits the removal of an element.
  mutating func delete(_ name: Name, key: [Expression]) {
    let map = mapIndex(name.text)
    switch mapDescription(map).storage {
    case .global(let offset, let presence):
      builder.store(.constant(0, .i64), to: Place(.globals, offset: offset))
      builder.store(.constant(0, .i8), to: Place(.globals, offset: presence))
    case .hash:
      builder.call(.mapDeleteElement, .map(map), .address(self.key(key, of: map)))
    case .perCPU, .dense:
      sendEvent(.clear(map: map), fields: []) { _, _ in }
    }
  }

  /// Emits the instructions that send one element to be printed: whether it is there, its key, and its value if it is plain.
  mutating func printElement(_ name: Name, key: [Expression]) {
    let map = mapIndex(name.text)
    let description = mapDescription(map)
    let keyPlace = description.isGlobal || description.key.isEmpty ? nil : self.key(key, of: map)
    var fields: [Type] = [.bool] + description.key
    if case .plain(let type) = description.value { fields.append(type) }
    let entry: Operand? = description.isGlobal ? nil : lookup(map, key: keyPlace ?? self.key(key, of: map))
    sendEvent(.printElement(map: map), fields: fields) { lowering, places in
      if let keyPlace {
        for (index, offset) in description.keyLayout.offsets.enumerated() {
          let type = description.key[index]
          lowering.copy(from: keyPlace.advanced(by: offset), type, to: places[1 + index], type)
        }
      }
      let value = places.count > 1 + description.key.count ? places.last : nil
      if case .global(let offset, let presence) = description.storage {
        let isThere = lowering.builder.load(.i8, from: Place(.globals, offset: presence))
        lowering.builder.store(isThere, to: places[0])
        if let value { lowering.copyElement(at: Place(.globals, offset: offset), of: map, to: value) }
      } else if let entry {
        lowering.sendEntry(entry, of: map, presence: places[0], value: value)
      }
    }
  }

  /// Emits the instructions that write whether there is an entry, and the plain value in it, to fields of an event.
  private mutating func sendEntry(_ entry: Operand, of map: Int, presence: Place, value: Place?) {
    let description = mapDescription(map)
    ifThere(
      entry,
      then: { lowering, element in
        switch description.storage {
        case .dense(_, isPerCPU: false):
          let word = lowering.builder.load(.i64, from: element.advanced(by: description.presenceOffset))
          lowering.builder.store(
            lowering.builder.binary(.notEqual, word, .constant(0, .i64)), to: presence)
        default: lowering.builder.store(.constant(1, .i8), to: presence)
        }
        if let value { lowering.copyElement(at: element, of: map, to: value) }
      },
      otherwise: { lowering in
        lowering.builder.store(.constant(0, .i8), to: presence)
        if case .plain(let type) = description.value, let value {
          lowering.builder.emit(.zero(value, count: type.size, alignment: type.alignment))
        }
      })
  }

  /// Emits the instructions that copy the plain value of `map` at `element` to a field of an event.
  private mutating func copyElement(at element: Place, of map: Int, to field: Place) {
    guard case .plain(let type) = mapDescription(map).value else { preconditionFailure("not a plain value") }
    if type.isScalar {
      builder.store(loadElement(at: element, of: map, as: type), to: field)
    } else {
      copy(from: element, type, to: field, type)
    }
  }

}

extension MapDescription {

  /// `true` iff the map holds integers, which can be added to atomically.
  fileprivate var holdsCounter: Bool { if case .plain(.integer) = value { true } else { false } }

}

extension Type {

  /// The type of the memory that holds a scalar of the type in a map: integers take 64 bits.
  fileprivate var asStored: Type { isInteger ? asArithmetic : self }

  /// The register type that loads it.
  fileprivate var storageType: IRType { asStored.registerType }

}
