import IR
public import Probes
import Syntax
import Types

/// `probe`: the full name of the probe that fired.
struct ProbeName: ValueBuiltin {
  let names = ["probe"]
  let valueType = Type.probeName

  func value(in lowering: inout some CallLowering) -> LoweredValue { .scalar(lowering.probeIndex()) }
}

/// `probetype`: the kind of the probe that fired, `special` for what the script itself starts.
struct ProbeType: Builtin {
  let names = ["probetype"]
  let arity = 0...0
  let isValue = true

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    .string(capacity: scope.probe.typeName.utf8.count + 1)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .memory(lowering.constant(Array(lowering.probe.typeName.utf8) + [0]))
  }
}

extension ProbeContext {

  /// The kind of the probe as `probetype` tells it.
  public var typeName: String { ["begin", "end", "self"].contains(provider) ? "special" : provider }

}

/// `func`: the function that the probe is in.
struct FunctionName: Builtin {
  let names = ["func"]
  let arity = 0...0
  let isValue = true

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if scope.probe.hasFunction { return .functionName }
    scope.error(
      "'func' has no meaning in \(scope.probe.provider) probes", at: call.site,
      hint: "'probe' is the full name of the probe")
    return nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.functionIndex())
  }
}
