import Builtins
import IR
import Semantics
import Syntax
import Types

/// Addresses of variables, of elements of maps, and of what is in memory already.
extension ActionLowering {

  /// Emits `&operand`.
  mutating func lowerAddress(of operand: Expression) -> Operand {
    switch operand.kind {
    case .scratch:
      guard let index = action.references[operand.id], case .memory(let place) = variables[index] else {
        preconditionFailure("a variable without an address")
      }
      return number(of: place)
    case .map(let name, let key): return address(ofElement: name, key: key)
    default:
      guard let location = locate(operand) else { preconditionFailure("an expression without an address") }
      return switch location.memory {
      case .place(let place): number(of: place)
      case .tracked: plainNumber(address(of: location.memory))
      default: address(of: location.memory)
      }
    }
  }

  /// Emits the address of an element of the map `name`, 0 if it is not there.
  private mutating func address(ofElement name: Name, key: [Expression]) -> Operand {
    let map = mapIndex(name.text)
    if case .global(let offset, _) = mapDescription(map).storage {
      return number(of: Place(.globals, offset: offset))
    }
    let entry = lookup(map, key: self.key(key, of: map))
    let result = builder.local(.i64)
    builder.set(result, to: .constant(0, .i64))
    ifThere(entry) { lowering, place in
      lowering.builder.set(result, to: lowering.number(of: place))
    }
    return builder.get(result)
  }

  /// Emits the address of `place` as a number like any other: what the verifier knows to be an address it lets move only
  /// within what it knows to be there.
  ///
  /// It forgets that in memory of a map; the code generator must not know that what is loaded is what was stored.
  private mutating func number(of place: Place) -> Operand {
    let spot = scratch(size: 8)
    builder.store(address(of: .place(place)), to: spot)
    let base = builder.register(.pointer)
    builder.emit(.address(base, spot))
    guard case .register(let hidden) = builder.opaque(.register(base)) else {
      preconditionFailure("not a register")
    }
    return builder.load(.i64, from: Place(.register(hidden)))
  }

}
