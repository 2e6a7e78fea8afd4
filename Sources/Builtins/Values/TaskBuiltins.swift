import IR
import Kernel
import Syntax
import Types

/// `curtask`: the current task, a `struct task_struct *`.
struct CurrentTask: ValueBuiltin {
  let names = ["curtask"]
  let valueType = Type.pointer(to: .structure(StructureType(StructureName(.struct, "task_struct"))), .kernel)

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.builder.call(.getCurrentTask))
  }
}

/// A value that is found by following pointers from a task: the current one, or one that is given where that is allowed.
protocol TaskBuiltin: Builtin {

  /// The type of the value.
  var valueType: Type { get }

  /// The way from `struct task_struct` to the value.
  var path: TaskPath { get }

}

extension TaskBuiltin {

  /// No task, but the current one.
  var arity: ClosedRange<Int> { 0...0 }

  /// `true`: it can stand without parentheses.
  public var isValue: Bool { true }

  /// Returns the type if the kernel says where the value is, else reports an error, and returns nil.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard path.isKnown(to: scope.kernel) else {
      scope.error(
        "the kernel does not tell where '\(call.name.text)' is", at: call.site,
        hint: "it must be built with CONFIG_DEBUG_INFO_BTF")
      return nil
    }
    guard let argument = call.arguments.first else { return valueType }
    guard let type = scope.type(of: argument) else { return nil }
    switch type {
    case .pointer, .integer: return valueType
    default:
      scope.error("'\(call.name.text)' takes the address of a task, not \(type.articled)", at: argument.site)
      return nil
    }
  }

  /// Emits the way to the value.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let task = call.arguments.first else { return lowering.value(at: path) }
    return lowering.value(at: path, from: lowering.scalar(task, as: .uint64))
  }

}

/// `ppid`, `ppid(task)`: the number of the parent process.
struct ParentID: TaskBuiltin {
  let names = ["ppid"]
  let arity = 0...1
  let valueType = Type.uint32
  let path = TaskPath("real_parent", "task_struct.tgid")
}

/// `pcomm`, `pcomm(task)`: the name of the process that the thread belongs to.
struct ProcessComm: TaskBuiltin {
  let names = ["pcomm"]
  let arity = 0...1
  let valueType = Type.string(capacity: Comm.capacity)
  let path = TaskPath("group_leader", "task_struct.comm")
}

/// `leader_comm`: the name of the first thread of the current process.
struct LeaderComm: TaskBuiltin {
  let names = ["leader_comm"]
  let valueType = Type.string(capacity: Comm.capacity)
  let path = TaskPath("group_leader", "task_struct.comm")
}

/// `leader_tid`: the number of the first thread of the current process.
struct LeaderID: TaskBuiltin {
  let names = ["leader_tid"]
  let valueType = Type.uint32
  let path = TaskPath("group_leader", "task_struct.pid")
}

/// `mntns`: the number of the mount namespace of the current process.
struct MountNamespace: TaskBuiltin {
  let names = ["mntns"]
  let valueType = Type.uint32
  let path = TaskPath("nsproxy", "nsproxy.mnt_ns", "mnt_namespace.ns", "ns_common.inum")
}

/// `netns`: the number of the network namespace of the current process.
struct NetworkNamespace: TaskBuiltin {
  let names = ["netns"]
  let valueType = Type.uint32
  let path = TaskPath("nsproxy", "nsproxy.net_ns", "net.ns", "ns_common.inum")
}
