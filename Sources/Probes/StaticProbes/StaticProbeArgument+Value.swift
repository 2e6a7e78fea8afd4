import Kernel
import Types

extension StaticProbeArgument {

  /// Returns the argument of `probe`, which is in `binary`, as programs find it.
  func value(in probe: StaticProbe, of binary: TargetBinary, on kernel: any KernelView) -> ContextValue {
    let type = Type.integer(IntegerType(width: size * 8, isSigned: isSigned))
    switch place {
    case .constant(let number): return ContextValue(type: type, computed: .constant(number))
    case .unreadable(let reason): return ContextValue(type: type, computed: .unreadable(reason))
    case .register(let part):
      guard let offset = part.offset else {
        return ContextValue(type: type, computed: .unreadable("this machine has no register '\(part.name)'"))
      }
      return ContextValue(type: type, computed: .part(offset: offset, size: min(size, part.size)))
    case .memory(let operand):
      switch operand.memory(of: probe, in: binary, on: kernel) {
      case .success(let memory): return ContextValue(type: type, computed: .memory(memory))
      case .failure(let fault): return ContextValue(type: type, computed: .unreadable(fault.reason))
      }
    }
  }

}

extension MemoryOperand {

  /// Why memory cannot be found.
  struct Fault: Error {

    /// The reason.
    let reason: String

  }

  /// Returns where the memory is, as the registers tell when `probe`, which is in `binary`, is hit.
  ///
  /// The instruction pointer is that of the probe then, so that it tells where the file is loaded.
  fileprivate func memory(
    of probe: StaticProbe, in binary: TargetBinary, on kernel: any KernelView
  ) -> Result<UserMemory, Fault> {
    var (bases, displacement) = ([Int](), displacement)
    let pointer = Registers.offset(of: Registers.instructionPointer)
    if let base, base.name != Registers.instructionPointer || symbol == nil {
      guard let offset = base.offset else {
        return .failure(Fault(reason: "this machine has no register '\(base.name)'"))
      }
      bases.append(offset)
    }
    if let symbol {
      guard let pointer, let found = try? kernel.binaries.symbol(named: symbol, in: binary) else {
        return .failure(Fault(reason: "the file has no symbol '\(symbol)', where it is"))
      }
      bases.append(pointer)
      displacement = displacement &+ Int64(bitPattern: found.address &- probe.address)
    }
    var place: UserMemory.Index? = nil
    if let index {
      guard let offset = index.register.offset else {
        return .failure(Fault(reason: "this machine has no register '\(index.register.name)'"))
      }
      place = .init(
        offset: offset, size: index.register.size, isSigned: index.isSigned, shift: index.shift)
    }
    return .success(UserMemory(bases: bases, index: place, displacement: displacement))
  }

}

extension RegisterPart {

  /// The offset in the context in bytes, nil if this machine has no such register.
  fileprivate var offset: Int? { Registers.offset(of: name).map { $0 + skipped } }

}
