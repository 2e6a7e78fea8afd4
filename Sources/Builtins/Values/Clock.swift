import IR
import Kernel
import Syntax
import Types

/// `nsecs`, `nsecs(clock)`: nanoseconds since the machine was booted, time asleep included, or by another clock.
struct Nanoseconds: Builtin {
  let names = ["nsecs"]
  let arity = 0...1
  let isValue = true
  let words = ["boot", "monotonic", "sw_tai", "tai"]

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if call.arguments.isEmpty { return moment(of: .boot) }
    guard let clock = scope.word(0, of: call, called: "clock", among: words) else { return nil }
    if clock == "tai", case .missing = scope.kernel.status(of: .atomicTime) {
      scope.error(
        "the kernel has no clock 'tai' for programs (Linux \(Feature.atomicTime.minimumRelease) has)",
        at: call.arguments[0].site, hint: "'sw_tai' is nearly the same")
      return nil
    }
    switch clock {
    case "monotonic": return moment(of: .monotonic)
    case "boot": return moment(of: .boot)
    default: return moment(of: .tai)
    }
  }

  /// Returns the type of moments of `clock`.
  private func moment(of clock: Clock) -> Type {
    .integer(IntegerType(width: 64, isSigned: false, clock: clock))
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    switch call.arguments.first?.word {
    case "monotonic": return .scalar(lowering.builder.call(.ktimeGetNanoseconds))
    case "tai": return .scalar(lowering.builder.call(.ktimeGetTAINanoseconds))
    case "sw_tai":
      // Atomic time runs as fast as the clock of booting; the process has measured how far it is ahead.
      let now = lowering.builder.call(.ktimeGetBootNanoseconds)
      let lead = lowering.builder.load(.i64, from: lowering.global(.atomicTimeLead))
      return .scalar(lowering.builder.binary(.add, now, lead))
    default: return .scalar(lowering.builder.call(.ktimeGetBootNanoseconds))
    }
  }
}

/// `elapsed`: nanoseconds since tracing began.
struct Elapsed: ValueBuiltin {
  let names = ["elapsed"]
  let valueType = Type.uint64

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    let now = lowering.builder.call(.ktimeGetBootNanoseconds)
    let start = lowering.builder.load(.i64, from: Place(.globals, offset: GlobalsLayout.startTime))
    return .scalar(lowering.builder.binary(.subtract, now, start))
  }
}
