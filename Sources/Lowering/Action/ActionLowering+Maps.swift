import Builtins
import IR
import Kernel
import Semantics
import Syntax
import Types

/// Keys, look-ups and reads of maps.
extension ActionLowering {

  /// Emits the instructions that write the key of an element of `map`, which is made if it is not there, to memory, and returns
  /// where the key is, and what is left to do when the element is made.
  mutating func keyOfNewElement(
    _ expressions: [Expression], of map: Int
  ) -> (place: Place, work: [(inout ActionLowering) -> Void]) {
    let outerWork = workForNewElement
    workForNewElement = []
    defer { workForNewElement = outerWork }
    let place = key(expressions, of: map, for: .keyOfNewElement)
    return (place, workForNewElement)
  }

  /// Emits the instructions that write a key of `map` to memory, and returns where it is.
  mutating func key(
    _ expressions: [Expression], of map: Int, for use: Destination.Use = .value
  ) -> Place {
    let description = mapDescription(map)
    let place = memory.take(size: description.keySize, alignment: 8, in: &builder)
    switch description.storage {
    case .global: preconditionFailure("a variable has no key")
    case .pinned: writeForeignKey(expressions, as: description.key, to: place)
    case .perCPU: builder.store(.constant(0, .i32), to: place)
    case .dense: builder.store(scalar(expressions[0], as: description.key[0]), to: place)
    case .hash:
      let types = description.key
      if types.isEmpty {
        builder.store(.constant(0, .i64), to: place)
      } else if types.count == 1 {
        write(expressions[0], as: types[0], to: place, for: use)
      } else if expressions.count == 1 {
        // A key that is one tuple is laid out as a key of its elements is.
        write(expressions[0], as: .tuple(types), to: place, for: use)
      } else {
        write(expressions, as: types, to: place, for: use)
      }
    }
    return place
  }

  /// Emits a look-up and returns the address of the entry or a null pointer.
  mutating func lookup(_ map: Int, key: Place) -> Operand {
    lookup(selection(of: map), key: key)
  }

  /// Emits a look-up in the chosen map and returns the address of the entry or a null pointer.
  mutating func lookup(_ selection: MapSelection, key: Place) -> Operand {
    call(.mapLookupElement, on: selection, [.address(key)])
  }

  /// Emits the use of the entry at `address` if there is one.
  mutating func ifThere(
    _ address: Operand, then: (inout ActionLowering, Place) -> Void,
    otherwise: (inout ActionLowering) -> Void = { _ in }
  ) {
    guard case .register(let register) = address else { preconditionFailure("not an address") }
    lowerBranch(
      builder.isNotNull(address), then: { then(&$0, Place(.register(register))) }, otherwise: otherwise)
  }

  /// Emits the note that the entry at `place` is set, if the storage of `map` needs one.
  mutating func markPresent(_ place: Place, in map: Int) {
    let description = mapDescription(map)
    switch description.storage {
    case .perCPU, .dense:
      builder.store(.constant(1, .i64), to: place.advanced(by: description.presenceOffset))
    case .global, .hash, .pinned: break
    }
  }

  /// Emits the count of a refused update if `result`, what a helper returned, says so.
  mutating func countRefusal(_ result: Operand, of map: Int) {
    let counter = Place(.globals, offset: module.storage.globals.refusedUpdates[map])
    if isLong {
      let sign = builder.binary(.logicalShiftRight, result, .constant(63, .i64))
      builder.emit(.atomicAdd(counter, sign))
      return
    }
    let isRefused = builder.binary(.signedLess, result, .constant(0, .i64))
    builder.branch(isRefused) { $0.emit(.atomicAdd(counter, .constant(1, .i64))) }
  }

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
  mutating func gathered(_ aggregation: Aggregation, in map: Int, key: Place) -> Operand {
    /// Returns `flag` as an argument.
    func argument(_ flag: Bool) -> Operand { .constant(flag ? 1 : 0, .i32) }
    let (table, place) = (table(of: map), Operand.address(key))
    let cpus = possibleCPUs(as: .i32)
    switch aggregation {
    case .count, .sum:
      return builder.call(.gatheredSum, table, place, cpus, .constant(0, .i32))
    case .average(let isSigned):
      return builder.call(.gatheredAverage, table, place, cpus, argument(isSigned))
    case .minimum(let isSigned):
      return builder.call(.gatheredExtreme, table, place, cpus, argument(isSigned), argument(false))
    case .maximum(let isSigned):
      return builder.call(.gatheredExtreme, table, place, cpus, argument(isSigned), argument(true))
    case .stats, .histogram, .linearHistogram, .timeSeries:
      preconditionFailure("an aggregation that is not one number")
    }
  }

  /// Emits a load of the plain scalar at `place`, an element of `map`.
  mutating func loadElement(at place: Place, of map: Int, as type: Type) -> Operand {
    guard case .plain(let stored) = mapDescription(map).value else {
      preconditionFailure("not a plain value")
    }
    let held = mapDescription(map).stored(stored)
    return convert(builder.load(held.registerType, from: place), from: held, to: type)
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

}

extension MapDescription {

  /// Returns the type of the memory that holds a scalar of the given type: integers take 64 bits, unless someone else made the
  /// map.
  func stored(_ type: Type) -> Type { type.isInteger && pinned == nil ? type.asArithmetic : type }

}
