import IR
import Syntax
import Types

/// `sizeof(value)`: the number of bytes of values of its type; that of a type is put in its place before.
struct Sizeof: Builtin {
  let names = ["sizeof"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.type(of: call.arguments[0]) else { return nil }
    switch type {
    case .none, .structure:
      scope.error("the expression has no size", at: call.arguments[0].site)
      return nil
    default: return .uint64
    }
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(.constant(Int64(lowering.type(of: call.arguments[0]).size), .i64))
  }
}
