public import IR
public import Kernel
import Syntax
import Types

/// What tells whether a task is one that tracing is narrowed to.
extension CallLowering {

  /// Emits the number of the control group (second version) that the task at the address `task` is in; the current one if
  /// that is nil.
  public mutating func controlGroup(of task: Operand?) -> Operand {
    guard let task else { return currentControlGroup() }
    return number(at: FilteredTask.controlGroup, from: task)
  }

  /// Emits the inode, an `i64`, of the mount namespace that the task at the address `task` is in; of the current one if that
  /// is nil.
  public mutating func mountNamespace(of task: Operand?) -> Operand {
    number(at: FilteredTask.mountNamespace, from: task)
  }

  /// Emits whether the task at the address `task` is in the control group with the given number or below it: an `i8`.
  ///
  /// What `bpf_current_task_under_cgroup` tells of the current task.
  public mutating func isTask(_ task: Operand, below group: UInt64) -> Operand {
    let (groupName, stateName) = (
      StructureName(.struct, "cgroup"), StructureName(.struct, "cgroup_subsys_state")
    )
    let nodeName = StructureName(.struct, "kernfs_node")
    guard let layout = kernel.layout(of: groupName), let own = layout["self"], let node = layout["kn"],
      let parent = kernel.layout(of: stateName)?["parent"], let number = kernel.layout(of: nodeName)?["id"]
    else { preconditionFailure("structures that were not checked") }
    let toNumber = offset(of: number, in: nodeName)
    let toNode = offset(of: node, in: groupName)
    let toParent = self.number(
      Int64(own.offset + parent.offset), of: .offset(groupName, [.member("self"), .member("parent")]),
      as: parent.type)
    let (current, count, result) = (builder.local(.i64), builder.local(.i64), builder.local(.i8))
    let first = self.number(at: FilteredTask.controlGroupAddress, from: task)
    let (copy, limit) = (temporary(size: 8, alignment: 8), Operand.constant(256, .i64))
    builder.set(current, to: first)
    builder.set(count, to: .constant(0, .i64))
    builder.set(result, to: .constant(0, .i8))
    builder.openBlock()
    let address = builder.get(current)
    let isAtEnd = builder.binary(.equal, address, .constant(0, .i64))
    builder.branch(isAtEnd) { $0.emit(.leave) }
    let turn = builder.binary(.add, builder.get(count), .constant(1, .i64))
    builder.set(count, to: turn)
    builder.branch(builder.binary(.unsignedLess, limit, turn)) { $0.emit(.leave) }
    let found = builder.read(toNumber, behind: builder.read(toNode, behind: address, copy), copy)
    let isGroup = builder.binary(.equal, found, .constant(Int64(bitPattern: group), .i64))
    builder.branch(isGroup) {
      $0.set(result, to: .constant(1, .i8))
      $0.emit(.leave)
    }
    // A control group begins with what its parent is found by.
    builder.set(current, to: builder.read(toParent, behind: address, copy))
    builder.emit(.loop(builder.closeBlock()))
    return builder.get(result)
  }

  /// Emits the number at the end of `path` as an `i64`.
  mutating func number(at path: TaskPath, from task: Operand?) -> Operand {
    let value = task.map { self.value(at: path, from: $0) } ?? self.value(at: path)
    guard case .scalar(let operand) = value else { preconditionFailure("not a number") }
    return builder.type(of: operand) == .i64 ? operand : builder.convert(operand, .zeroExtend, to: .i64)
  }

}

/// Where what tells about tasks is.
public enum FilteredTask {

  /// The control group of the second version.
  fileprivate static let controlGroupAddress = TaskPath("cgroups", "css_set.dfl_cgrp")

  /// The number of that.
  static let controlGroup = TaskPath("cgroups", "css_set.dfl_cgrp", "cgroup.kn", "kernfs_node.id")

  /// The inode of the mount namespace.
  fileprivate static let mountNamespace = MountNamespace().path

  /// Returns `true` iff `kernel` tells where the mount namespaces of tasks are.
  public static func hasMountNamespaces(on kernel: any KernelView) -> Bool {
    mountNamespace.isKnown(to: kernel)
  }

}

extension ProgramBuilder {

  /// Appends a read of the number `offset` bytes behind `address`, a kernel's, through `copy`; 0 if nothing is to be read there.
  fileprivate mutating func read(_ offset: Operand, behind address: Operand, _ copy: Place) -> Operand {
    let source = binary(.add, address, offset)
    call(.probeReadKernel, .address(copy), .constant(8, .i32), source)
    return load(.i64, from: copy)
  }

}
