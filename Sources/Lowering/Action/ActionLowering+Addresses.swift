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
      return address(of: .place(place))
    case .map(let name, let key): return address(ofElement: name, key: key)
    default:
      guard let location = locate(operand) else { preconditionFailure("an expression without an address") }
      return address(of: location.memory)
    }
  }

  /// Emits the address of an element of the map `name`, 0 if it is not there.
  private mutating func address(ofElement name: Name, key: [Expression]) -> Operand {
    let map = mapIndex(name.text)
    if case .global(let offset, _) = mapDescription(map).storage {
      return address(of: .place(Place(.globals, offset: offset)))
    }
    let entry = lookup(map, key: self.key(key, of: map))
    let result = builder.local(.i64)
    builder.set(result, to: .constant(0, .i64))
    ifThere(entry) { lowering, place in
      lowering.builder.set(result, to: lowering.address(of: .place(place)))
    }
    return builder.get(result)
  }

}
