import Probes
import Syntax
import Types

/// `unwatch(address)`: ends the watchpoints on an address, and so has a meaning in watchpoints only.
struct Unwatch: Builtin {
  let names = ["unwatch"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.probe.canWatch else {
      scope.error(
        "'unwatch' has no meaning in \(scope.probe.provider) probes, only in watchpoints", at: call.site)
      return nil
    }
    guard let type = scope.type(of: call.arguments[0]) else { return nil }
    switch type {
    case .pointer, .integer: return Type.none
    default:
      scope.error("'unwatch' takes an address, not \(type.articled)", at: call.arguments[0].site)
      return nil
    }
  }

  /// The process ends the watchpoints when it comes across the event.
  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    lowering.sendEvent(.unwatch, fields: [.uint64]) { lowering, places in
      lowering.writeField(call.arguments[0], as: .uint64, to: places[0])
    }
    return .none
  }
}

extension ProbeContext {

  /// `true` iff the probe is a watchpoint.
  fileprivate var canWatch: Bool { provider == "watchpoint" || provider == "asyncwatchpoint" }

}
