import IR
import Kernel
import Types

/// Numbers of the current task, read where they are if the kernel allows that: a helper takes several times as long.
extension CallLowering {

  /// Emits the number of the control group (second version) that the current task is in, an `i64`.
  mutating func currentControlGroup() -> Operand {
    guard readsCurrentTask, FilteredTask.controlGroup.isKnown(to: kernel) else {
      return builder.call(.getCurrentCgroupID)
    }
    return number(at: FilteredTask.controlGroup, from: nil)
  }

  /// Emits the number of the user that the current process runs as, as the initial namespace has it.
  mutating func currentUser() -> Operand {
    credential("uid") ?? builder.convert(builder.call(.getCurrentUIDGID), .truncate, to: .i32)
  }

  /// Emits the number of the group that the current process runs as, as the initial namespace has it.
  mutating func currentGroup() -> Operand {
    credential("gid") ?? builder.upperHalf(of: builder.call(.getCurrentUIDGID))
  }

  /// Emits the number that is the member `name` of the credentials that the current task acts with; nil if it cannot be read.
  private mutating func credential(_ name: String) -> Operand? {
    guard readsCurrentTask,
      let pointer = kernel.layout(of: StructureName(.struct, "task_struct"))?["cred"],
      let member = kernel.layout(of: StructureName(.struct, "cred"))?[name], member.type.size == 4,
      case .register(let task) = builder.call(.getCurrentTaskBTF),
      case .register(let credentials) =
        builder.opaque(builder.load(.pointer, from: Place(.register(task), offset: pointer.offset)))
    else { return nil }
    // There always are some, but where the kernel's types say that the pointer is one for RCU, the verifier does not know.
    let result = builder.local(.i32)
    builder.branch(builder.isNotNull(.register(credentials))) {
      let place = Place(.register(credentials), offset: member.offset)
      $0.set(result, to: $0.opaque($0.load(.i32, from: place)))
    }
    return builder.get(result)
  }

  /// `true` iff members of the current task can be loaded.
  private var readsCurrentTask: Bool {
    !isRelocatable && kernel.status(of: .currentTaskBTF).isAvailable
  }

}
