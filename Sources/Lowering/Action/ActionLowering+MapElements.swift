import Builtins
import IR
import Kernel
import Semantics
import Syntax
import Types

/// What is done with single elements: removing and finding them.
extension ActionLowering {

  /// Emits the removal of an element and returns an `i8` that is 1 iff there was one.
  mutating func delete(_ name: Name, key: [Expression]) -> Operand {
    let map = mapIndex(name.text)
    switch mapDescription(map).storage {
    case .global(let offset, let presence):
      let wasThere = builder.load(.i8, from: Place(.globals, offset: presence))
      builder.store(.constant(0, .i64), to: Place(.globals, offset: offset))
      builder.store(.constant(0, .i8), to: Place(.globals, offset: presence))
      return wasThere
    case .hash, .pinned:
      let result = call(
        .mapDeleteElement, on: selection(of: map), [.address(self.key(key, of: map))])
      return builder.binary(.equal, result, .constant(0, .i64))
    case .perCPU, .dense:
      let wasThere = hasElement(name, key: key)
      sendEvent(.clear(map: map), fields: []) { _, _ in }
      return wasThere
    }
  }

  /// Emits a look-up and returns an `i8` that is 1 iff there is an element.
  mutating func hasElement(_ name: Name, key: [Expression]) -> Operand {
    let map = mapIndex(name.text)
    if case .global(_, let presence) = mapDescription(map).storage {
      return builder.load(.i8, from: Place(.globals, offset: presence))
    }
    return hasElement(map, key: self.key(key, of: map))
  }

  /// Emits a look-up in a map of the kernel and returns an `i8` that is 1 iff there is an element.
  private mutating func hasElement(_ map: Int, key: Place) -> Operand {
    let description = mapDescription(map)
    switch description.storage {
    case .global: preconditionFailure("a variable is not looked up")
    case .hash, .pinned:
      // LLVM would join the addresses of two elements to compare both with null at once, which the verifier forbids.
      return builder.opaque(builder.isNotNull(lookup(map, key: key)))
    case .perCPU, .dense(_, isPerCPU: true):
      // It is there if it is on some CPU.
      let count = builder.call(
        .gatheredSum, table(of: map), .address(key), possibleCPUs(as: .i32),
        .constant(Int64(description.presenceOffset / 8), .i32))
      return builder.binary(.notEqual, count, .constant(0, .i64))
    case .dense(_, isPerCPU: false):
      let result = builder.local(.i8)
      builder.set(result, to: .constant(0, .i8))
      ifThere(lookup(map, key: key)) { lowering, element in
        let set = lowering.builder.load(.i64, from: element.advanced(by: description.presenceOffset))
        lowering.builder.set(result, to: lowering.builder.binary(.notEqual, set, .constant(0, .i64)))
      }
      return builder.get(result)
    }
  }

  /// Emits a look-up that assigns what it finds to `variable`, and returns an `i8` that is 1 iff there is an element.
  mutating func find(_ name: Name, key: [Expression], assigningTo variable: Expression) -> Operand {
    let map = mapIndex(name.text)
    guard let index = action.references[variable.id] else { preconditionFailure("an unresolved variable") }
    let description = mapDescription(map)
    let place = description.isGlobal ? nil : self.key(key, of: map)
    let result = builder.local(.i8)
    if description.storage.isTable, case .plain = description.value, let place {
      builder.set(result, to: .constant(0, .i8))
      ifThere(lookup(map, key: place)) { lowering, element in
        lowering.assignElement(at: element, of: map, toVariable: index)
        lowering.builder.set(result, to: .constant(1, .i8))
      }
      return builder.get(result)
    }
    let isThere = place.map { hasElement(map, key: $0) } ?? hasElement(name, key: key)
    builder.set(result, to: isThere)
    let type = action.variables[index].type
    lowerBranch(builder.get(result)) { lowering in
      if case .aggregation(let aggregation) = description.value, let place {
        let number = lowering.gathered(aggregation, in: map, key: place)
        lowering.set(variable: index, to: lowering.convert(number, from: .uint64, to: type))
      } else if let place {
        lowering.ifThere(lowering.lookup(map, key: place)) {
          $0.assignElement(at: $1, of: map, toVariable: index)
        }
      } else if case .global(let offset, _) = description.storage {
        lowering.assignElement(at: Place(.globals, offset: offset), of: map, toVariable: index)
      }
    }
    return builder.get(result)
  }

  /// Emits the assignment of the plain value of `map` at `element` to the variable at `index`.
  private mutating func assignElement(at element: Place, of map: Int, toVariable index: Int) {
    guard case .plain(let stored) = mapDescription(map).value else {
      preconditionFailure("not a plain value")
    }
    let type = action.variables[index].type
    switch variables[index] {
    case .local: set(variable: index, to: loadElement(at: element, of: map, as: type))
    case .memory(let place): copy(from: element, stored, to: place, type)
    }
  }

}
