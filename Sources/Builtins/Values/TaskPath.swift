import IR
import Kernel
import Types

/// A way from the current task to a value: members of structures, one in or behind the other.
struct TaskPath: Sendable {

  /// The members: the tag of the structure and the name.
  private let members: [(tag: String, name: String)]

  /// Creates a way that begins with a member of `task_struct` and goes on with members given as `structure.member`.
  init(_ first: String, _ others: String...) {
    self.members =
      [("task_struct", first)]
      + others.map { other in
        let parts = other.split(separator: ".")
        precondition(parts.count == 2, "not a member of a structure")
        return (String(parts[0]), String(parts[1]))
      }
  }

  /// A distance to go from an address, to the next pointer or to the value.
  struct Hop {

    /// The number of bytes.
    var offset: Int

    /// What is found there.
    var type: Type

    /// The structure whose start the distance is one from.
    var structure: StructureName

    /// The members on the way from there.
    var steps: [KernelFact.Step]

  }

  /// Returns the distances between the pointers on the way, nil if `kernel` does not tell them.
  func hops(on kernel: any KernelView) -> [Hop]? {
    var hops: [Hop] = []
    var base: Hop?
    for (tag, name) in members {
      let structure = StructureName(.struct, tag)
      guard let member = kernel.layout(of: structure)?[name] else { return nil }
      let hop = Hop(
        offset: (base?.offset ?? 0) + member.offset, type: member.type,
        structure: base?.structure ?? structure,
        steps: (base?.steps ?? []) + [.member(name)])
      if case .structure = member.type {
        base = hop
      } else {
        hops.append(hop)
        base = nil
      }
    }
    return hops
  }

  /// Returns `true` iff `kernel` tells where everything on the way is.
  func isKnown(to kernel: any KernelView) -> Bool { hops(on: kernel) != nil }

}

extension CallLowering {

  /// Emits the way to the value at the end of `path`: plain loads where the kernel allows them, else helpers that read.
  mutating func value(at path: TaskPath) -> LoweredValue {
    guard let hops = path.hops(on: kernel), let last = hops.last else {
      preconditionFailure("a way that was not checked")
    }
    if kernel.status(of: .currentTaskBTF).isAvailable && !isRelocatable {
      var address = builder.call(.getCurrentTaskBTF)
      for hop in hops.dropLast() {
        address = load(.pointer, from: place(hop.offset, behind: address))
      }
      let place = place(last.offset, behind: address)
      guard let integer = last.type.asInteger else {
        return .memory(copyOfTask(place, count: last.type.size))
      }
      return .scalar(load(.integer(width: integer.width), from: place))
    }
    return value(at: path, from: builder.call(.getCurrentTask))
  }

  /// Emits the way to the value at the end of `path` from the task at `address`, by helpers that read.
  mutating func value(at path: TaskPath, from task: Operand) -> LoweredValue {
    guard let hops = path.hops(on: kernel), let last = hops.last else {
      preconditionFailure("a way that was not checked")
    }
    var address = task
    for hop in hops.dropLast() { address = builder.load(.i64, from: read(hop, behind: address)) }
    let copy = read(last, behind: address)
    guard let integer = last.type.asInteger else { return .memory(copy) }
    return .scalar(builder.load(.integer(width: integer.width), from: copy))
  }

  /// Emits a copy of `count` bytes of a task, a multiple of 8, and returns where it is: at `destination` if there is one.
  mutating func copyOfTask(_ place: Place, count: Int, to destination: Place? = nil) -> Place {
    let copy = destination ?? temporary(size: count, alignment: 8)
    for offset in stride(from: 0, to: count, by: 8) {
      builder.store(load(.i64, from: place.advanced(by: offset)), to: copy.advanced(by: offset))
    }
    return copy
  }

  /// Emits a load of something of a task, which is not made one with a load of something else: the verifier wants an
  /// instruction to load from one kind of pointer only.
  private mutating func load(_ type: IRType, from place: Place) -> Operand {
    builder.opaque(builder.load(type, from: place))
  }

  /// Returns the place `offset` bytes behind the address in a register.
  private func place(_ offset: Int, behind address: Operand) -> Place {
    guard case .register(let register) = address else { preconditionFailure("not an address") }
    return Place(.register(register), offset: offset)
  }

  /// Emits a read of what is at the end of `hop` from `address` and returns where the copy is.
  private mutating func read(_ hop: TaskPath.Hop, behind address: Operand) -> Place {
    let copy = temporary(size: hop.type.size, alignment: 8)
    let distance = number(Int64(hop.offset), of: .offset(hop.structure, hop.steps), as: hop.type)
    let source = builder.binary(.add, address, distance)
    // Where nothing can be read, the helper leaves zeros.
    builder.call(.probeReadKernel, .address(copy), .constant(Int64(hop.type.size), .i32), source)
    return copy
  }

}
