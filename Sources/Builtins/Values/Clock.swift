import IR
import Types

/// `nsecs`: nanoseconds since the machine was booted, time asleep included.
struct Nanoseconds: ValueBuiltin {
  let names = ["nsecs"]
  let valueType = Type.uint64

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.builder.call(.ktimeGetBootNanoseconds))
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
