import Builtins
import IR
import Semantics
import Syntax
import Types

/// Addresses that helpers take only where the verifier knows their types.
extension ActionLowering {

  /// Emits what `expression` is the address of, or where it is in memory, as an address whose type the verifier knows.
  mutating func typedAddress(of expression: Expression) -> (pointer: Operand, address: Operand)? {
    let outer = isFindingTypedAddress
    isFindingTypedAddress = true
    defer { isFindingTypedAddress = outer }
    if trackedStructure(expression) != nil {
      let pointer = trackedPointer(expression)
      return (pointer, pointer)
    }
    let operand: Expression
    switch expression.kind {
    case .unary(.addressOf, let inner): operand = inner
    case .unary(.dereference, let pointer): return typedAddress(of: pointer)
    default: operand = expression
    }
    guard case .structure = type(of: operand), case .member = operand.kind, let location = locate(operand),
      case .tracked(let target) = location.memory
    else { return nil }
    return (target.base, .address(target.place))
  }

}
