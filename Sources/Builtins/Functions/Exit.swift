import IR
import Syntax
import Types

/// `exit([status])`: ends tracing.
struct Exit: Builtin {
  let names = ["exit"]
  let arity = 0...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if call.arguments.count == 1, scope.integerArgument(0, of: call) == nil { return nil }
    return Type.none
  }

  /// The status and the flag are left where the process finds them even if the event that wakes it does not get through.
  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let status = call.arguments.isEmpty ? .constant(0, .i32) : lowering.scalar(call.arguments[0], as: .int32)
    lowering.builder.store(status, to: Place(.globals, offset: GlobalsLayout.exitStatus))
    lowering.builder.store(.constant(1, .i32), to: Place(.globals, offset: GlobalsLayout.exitRequested))
    lowering.sendEvent(.exit, fields: []) { _, _ in }
    lowering.endProgram()
    return .none
  }
}
