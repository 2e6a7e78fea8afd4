import Diagnostics
import IR
import Kernel
import Probes
import Syntax
import Types

extension TypingScope {

  /// Reports an error and returns `false` unless functions that change the system, as `call` does, are allowed.
  mutating func allowsUnsafe(_ call: BuiltinCall) -> Bool {
    if settings.allowsUnsafe { return true }
    error(
      "'\(call.name.text)' changes the system, which is not allowed", at: call.name.site,
      hint: "give the option '--unsafe' to allow it")
    return false
  }

}

/// A function that sends a signal: `f("SIGTERM")`, `f(15)`.
protocol SignalFunction: Builtin {

  /// The helper that sends it.
  var helper: Helper { get }

}

extension SignalFunction {

  /// The signal.
  public var arity: ClosedRange<Int> { 1...1 }

  /// `false`: it is a call.
  public var isValue: Bool { false }

  /// Checks that there is somebody to get the signal and that there is such a signal.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.allowsUnsafe(call) else { return nil }
    guard scope.probe.belongsToProcess else {
      scope.error("there is no process to signal in \(scope.probe.provider) probes", at: call.site)
      return nil
    }
    let argument = call.arguments[0]
    if let bytes = argument.literalString {
      let name = String(decoding: bytes, as: UTF8.self)
      if SignalNames.number(of: name) != nil { return Type.none }
      scope.error(
        "unknown signal '\(name)'\(suggestion(for: name, among: SignalNames.all))", at: argument.site)
      return nil
    }
    guard scope.integerArgument(0, of: call) != nil else { return nil }
    if let number = argument.literalInteger, !(1...Int64(SignalNames.greatest)).contains(number) {
      scope.error("signals have numbers from 1 to \(SignalNames.greatest)", at: argument.site)
      return nil
    }
    return Type.none
  }

  /// Emits the sending.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let number: Operand
    if let bytes = call.arguments[0].literalString {
      number = .constant(Int64(SignalNames.number(of: String(decoding: bytes, as: UTF8.self)) ?? 0), .i32)
    } else {
      number = lowering.scalar(call.arguments[0], as: .uint32)
    }
    lowering.builder.call(helper, number)
    return .none
  }

}

/// `signal(s)`: sends a signal to the current process.
struct Signal: SignalFunction {
  let names = ["signal"]
  let helper = Helper.sendSignal
}

/// `signal_thread(s)`: sends a signal to the current thread.
struct SignalThread: SignalFunction {
  let names = ["signal_thread"]
  let helper = Helper.sendSignalToThread
}

/// `override(n)`: lets the traced function return `n` without being run.
struct Override: Builtin {
  let names = ["override"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.allowsUnsafe(call) else { return nil }
    guard scope.probe.provider == "kprobe" else {
      scope.error(
        "'override' has no meaning in \(scope.probe.provider) probes, only in kprobes", at: call.site)
      return nil
    }
    if case .missing = scope.kernel.status(of: .overrideReturn) {
      scope.error(
        "the kernel cannot override what functions return", at: call.site,
        hint: "it must be built with \(Feature.overrideReturn.configurationOption ?? "it")")
      return nil
    }
    return scope.integerArgument(0, of: call) == nil ? nil : Type.none
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let result = lowering.scalar(call.arguments[0], as: .uint64)
    lowering.builder.call(.overrideReturn, .context, result)
    return .none
  }
}

/// `write_user(p, value)`: writes a value to the memory of the current process. It is 0, or a negative error number.
struct WriteUser: Builtin {
  let names = ["write_user"]
  let arity = 2...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.allowsUnsafe(call) else { return nil }
    guard scope.probe.belongsToProcess else {
      scope.error("there is no process to write to in \(scope.probe.provider) probes", at: call.site)
      return nil
    }
    if case .missing = scope.kernel.status(of: .writeUser) {
      scope.error(
        "the kernel does not let programs write to the memory of processes", at: call.site,
        hint: "it is locked down; 'cat /sys/kernel/security/lockdown' shows how")
      return nil
    }
    guard let target = scope.type(of: call.arguments[0]), let value = scope.type(of: call.arguments[1]) else {
      return nil
    }
    switch target {
    case .pointer, .integer: break
    default:
      scope.error("'write_user' takes an address, not \(target.articled)", at: call.arguments[0].site)
      return nil
    }
    switch value {
    case _ where value.asInteger != nil: return .int64
    case .string where call.arguments[1].literalString != nil: return .int64
    case .array, .tuple, .record, .structure: return .int64
    default:
      scope.error(
        "'write_user' writes numbers, string literals, arrays and structures, not \(value.articled)",
        at: call.arguments[1].site)
      return nil
    }
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let address = lowering.scalar(call.arguments[0], as: .uint64)
    let source: Place
    let count: Int
    if let text = call.arguments[1].literalString {
      source = lowering.constant(text + [0])
      count = text.count + 1
    } else {
      // A number is as wide as what the pointer points to.
      var type = lowering.type(of: call.arguments[1])
      if case .pointer(let pointee, _) = lowering.type(of: call.arguments[0]), type.isScalar,
        pointee.asInteger != nil
      {
        type = pointee
      }
      source = lowering.temporary(size: type.size, alignment: 8)
      lowering.write(call.arguments[1], as: type, to: source)
      count = type.size
    }
    return .scalar(
      lowering.builder.call(.probeWriteUser, address, .address(source), .constant(Int64(count), .i32)))
  }
}
