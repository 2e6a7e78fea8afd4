import IR
import Kernel
import Syntax
import Types

/// `comm`: the name of the current thread; `comm(pid)`: that of a process, looked up when it is printed.
struct Comm: Builtin {
  let names = ["comm"]
  let arity = 0...1
  let isValue = true

  /// The number of bytes, `TASK_COMM_LEN` in `include/linux/sched.h`.
  static let capacity = 16

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if call.arguments.isEmpty { return .string(capacity: Comm.capacity) }
    return scope.integerArgument(0, of: call).map { _ in .processName }
  }

  /// Where the kernel allows it, the name is read where it is, in the current task, which costs a fifth of the helper's time.
  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    if let process = call.arguments.first { return .scalar(lowering.scalar(process, as: .uint32)) }
    let destination = lowering.destination(for: call.id)?.place
    if !lowering.isRelocatable, let offset = Comm.offsetInTask(on: lowering.kernel) {
      let task = lowering.builder.call(.getCurrentTaskBTF)
      if case .register(let register) = task {
        let place = Place(.register(register), offset: offset)
        return .memory(lowering.copyOfTask(place, count: Comm.capacity, to: destination))
      }
    }
    let copy = destination ?? lowering.temporary(size: Comm.capacity, alignment: 8)
    // The helper of some kernels, such as 6.1, leaves what is behind the zero byte as it was (`strscpy` in `bpf_get_current_comm`,
    // `kernel/bpf/helpers.c`).
    lowering.builder.emit(.zero(copy, count: Comm.capacity, alignment: 8))
    lowering.builder.call(.getCurrentComm, .address(copy), .constant(Int64(Comm.capacity), .i32))
    return .memory(copy)
  }

  /// Returns the offset of the name in `struct task_struct` if programs may read it there, padded with zeros.
  ///
  /// The kernel fills the name up with zeros since 5.17 (`__set_task_comm` in `fs/exec.c`); before that, remains of a longer
  /// name may stand behind the zero byte, and only the helper cuts them off.
  private static func offsetInTask(on kernel: any KernelView) -> Int? {
    guard kernel.isAtLeast(5, 17), kernel.status(of: .currentTaskBTF).isAvailable else { return nil }
    return kernel.layout(of: StructureName(.struct, "task_struct"))?["comm"]?.offset
  }
}
