import IR
import Kernel
import Types

/// `cpu`: the number of the CPU that the program runs on.
struct CPU: ValueBuiltin {
  let names = ["cpu"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.builder.call(.getSMPProcessorID))
  }
}

/// `ncpus`: the number of CPUs that the machine may ever use.
struct CPUCount: ValueBuiltin {
  let names = ["ncpus"]
  let valueType = Type.uint64

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.possibleCPUs(as: .i64))
  }
}

/// `numaid`: the number of the memory node of the CPU that the program runs on.
struct NUMANode: ValueBuiltin {
  let names = ["numaid"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.builder.call(.getNUMANodeID))
  }
}

/// `rand`: a random number of 32 bits.
struct RandomNumber: ValueBuiltin {
  let names = ["rand"]
  let valueType = Type.uint32

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.builder.call(.getPrandomU32))
  }
}

/// `cgroup`: the number of the control group (version 2) of the current process.
struct ControlGroup: ValueBuiltin {
  let names = ["cgroup"]
  let valueType = Type.uint64

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.currentControlGroup())
  }
}

/// `jiffies`: the ticks of the kernel's clock since it was booted.
struct Jiffies: ValueBuiltin {
  let names = ["jiffies"]
  let valueType = Type.uint64

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.builder.call(.getJiffies))
  }
}
