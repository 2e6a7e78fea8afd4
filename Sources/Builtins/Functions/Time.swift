import IR
import Syntax
import Types

/// `time([format])`: prints the time at which the probe fired, as `strftime` does.
struct Time: Builtin {
  let names = ["time"]
  let arity = 0...1
  let isValue = false

  /// What is printed without a format.
  static let defaultFormat = "%H:%M:%S\n"

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.hasProcess(call) else { return nil }
    if !call.arguments.isEmpty, scope.literal(0, of: call, called: "the format") == nil { return nil }
    return Type.none
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let bytes = call.arguments.first?.literalString
    let format = bytes.map { String(decoding: $0, as: UTF8.self) } ?? Time.defaultFormat
    let now = lowering.builder.call(.ktimeGetBootNanoseconds)
    lowering.sendEvent(.time(format: format), fields: [.uint64]) { lowering, places in
      lowering.builder.store(now, to: places[0])
    }
    return .none
  }
}

/// `strftime(format, nanoseconds)`: a moment of one of the clocks of `nsecs` that is printed as the format says.
struct FormattedTime: Builtin {
  let names = ["strftime"]
  let arity = 2...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let format = scope.literal(0, of: call, called: "the format"),
      let moment = scope.integerArgument(1, of: call)
    else { return nil }
    return .timestamp(format: format, clock: moment.clock)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.scalar(call.arguments[1], as: .uint64))
  }
}
