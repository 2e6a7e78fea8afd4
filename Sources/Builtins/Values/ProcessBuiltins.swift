import IR
import Types

/// `pid`: the number of the current process.
struct ProcessID: ValueBuiltin {
  let names = ["pid"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(upperHalf(of: .getCurrentPIDTGID, in: &lowering))
  }
}

/// `tid`: the number of the current thread.
struct ThreadID: ValueBuiltin {
  let names = ["tid"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowerHalf(of: .getCurrentPIDTGID, in: &lowering))
  }
}

/// `uid`: the number of the user that the current process runs as.
struct UserID: ValueBuiltin {
  let names = ["uid"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowerHalf(of: .getCurrentUIDGID, in: &lowering))
  }
}

/// `gid`: the number of the group that the current process runs as.
struct GroupID: ValueBuiltin {
  let names = ["gid"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(upperHalf(of: .getCurrentUIDGID, in: &lowering))
  }
}

/// `cpu`: the number of the CPU that the program runs on.
struct CPU: ValueBuiltin {
  let names = ["cpu"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.builder.call(.getSMPProcessorID))
  }
}

/// Emits a call to `helper` and returns the upper 32 bits of its result.
private func upperHalf(of helper: Helper, in lowering: inout some CallLowering) -> Operand {
  let both = lowering.builder.call(helper)
  let upper = lowering.builder.binary(.logicalShiftRight, both, .constant(32, .i64))
  return lowering.builder.convert(upper, .truncate, to: .i32)
}

/// Emits a call to `helper` and returns the lower 32 bits of its result.
private func lowerHalf(of helper: Helper, in lowering: inout some CallLowering) -> Operand {
  lowering.builder.convert(lowering.builder.call(helper), .truncate, to: .i32)
}
