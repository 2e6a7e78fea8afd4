import Diagnostics
import IR
import Syntax
import Types

/// `usym(address)`: the function of the current process that an address is in, looked up when it is printed.
///
/// The value is the address and the process.
struct UserSymbol: Builtin {
  let names = ["usym"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.type(of: call.arguments[0]) else { return nil }
    switch type {
    case .integer, .pointer: return .userSymbol
    default:
      scope.error("'usym' takes an address, not \(type.articled)", at: call.arguments[0].site)
      return nil
    }
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let address = lowering.scalar(call.arguments[0], as: .uint64)
    let process = lowering.builder.binary(
      .logicalShiftRight, lowering.currentTaskNumbers(), .constant(32, .i64))
    let symbol = lowering.temporary(size: Type.userSymbol.size, alignment: Type.userSymbol.alignment)
    lowering.builder.store(address, to: symbol)
    lowering.builder.store(process, to: symbol.advanced(by: 8))
    return .memory(symbol)
  }
}
