import IR
import Probes
import Syntax
import Types

/// `arg0`, `arg1` …: the arguments of a function as the calling convention passes them.
struct Argument: Builtin {
  let names = (0..<Argument.maximumCount).map { "arg\($0)" }
  let arity = 0...0
  let isValue = true

  /// The number of names, more than any machine passes in registers.
  static let maximumCount = 12

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    let arguments = scope.probe.arguments
    if let number = Argument.number(of: call), number < arguments.count {
      guard case .unreadable(let reason) = arguments[number].computed else { return arguments[number].type }
      scope.error("'\(call.name.text)' cannot be read: \(reason)", at: call.site)
      return nil
    }
    if scope.probe.knowsAllArguments {
      scope.error(
        arguments.isEmpty
          ? "the probe has no arguments" : "the probe has no more arguments than 'arg\(arguments.count - 1)'",
        at: call.site)
    } else if arguments.isEmpty {
      scope.error(
        "'\(call.name.text)' has no meaning in \(scope.probe.provider) probes", at: call.site,
        hint: scope.probe.fields == nil ? nil : "the fields of the probe are in 'args', such as 'args.name'")
    } else {
      scope.error(
        "'\(call.name.text)' is not passed in a register; the last one that is is 'arg\(arguments.count - 1)'",
        at: call.site)
    }
    return nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let number = Argument.number(of: call) else { preconditionFailure("an argument without a number") }
    return lowering.contextValue(lowering.probe.arguments[number])
  }

  /// Returns the number behind `arg`.
  private static func number(of call: BuiltinCall) -> Int? { Int(call.name.text.dropFirst(3)) }
}

/// `retval`: what a function returned.
struct ReturnValue: Builtin {
  let names = ["retval"]
  let arity = 0...0
  let isValue = true

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if let value = scope.probe.returnValue { return value.type }
    scope.error(
      "'retval' has no meaning in \(scope.probe.provider) probes", at: call.site,
      hint: scope.probe.returnValueHint)
    return nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let value = lowering.probe.returnValue else { preconditionFailure("no return value") }
    return lowering.contextValue(value)
  }
}

extension ProbeContext {

  /// Where there is what a function returns, for probes that do not have it.
  fileprivate var returnValueHint: String {
    switch provider {
    case "uprobe": "uretprobes have it"
    case "fentry": "probes of type 'fexit' have it"
    case "fexit": "the function returns nothing, or nothing that is known"
    default: "kretprobes have it; in tracepoints of system calls' ends it is 'args.ret'"
    }
  }

}

extension CallLowering {

  /// Emits a load of the scalar `value` from the context.
  mutating func contextValue(_ value: ContextValue) -> LoweredValue {
    guard let integer = value.type.asInteger else { preconditionFailure("not a scalar in the context") }
    if let computed = value.computed { return .scalar(computedValue(computed, integer)) }
    return .scalar(builder.load(.integer(width: integer.width), from: Place(.context, offset: value.offset)))
  }

}
