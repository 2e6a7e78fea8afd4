import Probes
import Syntax
import Types

/// `unwatch(address)`: ends a watchpoint, and so has a meaning in watchpoints only.
struct Unwatch: Builtin {
  let names = ["unwatch"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    scope.error(
      "'unwatch' has no meaning in \(scope.probe.provider) probes, only in watchpoints", at: call.site)
    return nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    preconditionFailure("no watchpoint")
  }
}
