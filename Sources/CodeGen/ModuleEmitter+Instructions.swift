import IR
import LLVM

/// One instruction, and the operands of all.
extension ModuleEmitter {

  /// Emits `instruction`, and returns `true` iff control reaches its end.
  mutating func emit(_ instruction: Instruction) -> Bool {
    switch instruction {
    case .binary(let r, let operation, let a, let b): emitBinary(r, operation, a, b)
    case .convert(let r, let conversion, let a): define(r, emit(conversion, a, to: r))
    case .select(let r, let c, let a, let b):
      define(r, llvm.select(condition(c), value(a, as: type(of: r)), value(b, as: type(of: r))))
    case .load(let r, let place): define(r, load(type(of: r), from: place))
    case .store(let place, let a): llvm.store(value(a), to: address(of: place))
    case .get(let r, let local): define(r, llvm.load(type(of: r), from: address(of: local)))
    case .set(let local, let a):
      llvm.store(value(a, as: type(frame.program.locals[local.number])), to: address(of: local))
    case .copy(let to, let from, let count, let alignment):
      emitCopy(to: to, from: from, count: count, alignment: alignment)
    case .zero(let place, let count, let alignment):
      emitZero(place, count: count, alignment: alignment)
    case .address(let r, let place): define(r, address(of: place))
    case .offset(let r, let base, let distance):
      define(r, llvm.advance(pointer(base), by: value(distance, as: llvm.integer(64))))
    case .atomicAdd(let place, let a):
      llvm.atomic(.add, counter(a), to: address(of: place))
    case .atomicFetchAdd(let r, let place, let a):
      define(r, llvm.atomic(.add, counter(a), to: address(of: place)))
    case .atomic(let operation, let place, let a):
      llvm.atomic(operation.llvm, counter(a), to: address(of: place))
    case .atomicExchange(let r, let place, let a):
      define(r, llvm.atomic(.exchange, value(a, as: llvm.integer(64)), to: address(of: place)))
    case .callHelper(let r, let helper, let arguments):
      let result = emitCall(helper, arguments.map { value($0) })
      keepApart(callOn: arguments.first)
      if let r { define(r, result) }
    case .callRuntime(let r, let function, let arguments):
      let result = emitCall(function, arguments)
      if let r { define(r, result) }
    case .callImported(let r, let function, let arguments):
      let result = emitImportedCall(function, arguments)
      if let r { define(r, result) }
    case .callKernel(let r, let function, let arguments):
      let result = emitCall(function, arguments.map { value($0) })
      if let r {
        let type = type(of: r)
        define(r, type == llvm.pointer ? llvm.toPointer(result) : llvm.resize(result, to: type))
      }
    case .branch(let condition, let then, let otherwise):
      return emitBranch(condition, then, otherwise)
    case .loop(let body): return emitLoop(body)
    case .forEachElement(let map, let key, let value, let body):
      return emitForEach(map: map, key: key, value: value, body)
    case .forCount(let count, let index, let body): return emitForCount(count, index: index, body)
    case .apart(let body): return emitApart(body)
    case .leave: return leave(.leave)
    case .again: return leave(.again)
    case .stop: return leave(.stop)
    case .position(let index): setLine(index + 1)
    }
    return true
  }

  /// Emits a way out of the block and returns `false`, because control goes on elsewhere.
  private func leave(_ exit: Part.Exit) -> Bool {
    emitExit(exit)
    return false
  }

  /// Makes `value` the value of `register`.
  mutating func define(_ register: Register, _ value: Value) {
    frame.define(register, value)
  }

  /// Returns LLVM's type of `register`.
  func type(of register: Register) -> ValueType { type(frame.program.registers[register.number]) }

  /// Returns the type of `operand`.
  func type(of operand: Operand) -> IRType {
    switch operand {
    case .register(let r): frame.program.registers[r.number]
    case .constant(_, let type): type
    case .fact: .i64
    case .address, .map, .twin, .ringBuffer, .packets, .stacks, .filter, .context: .pointer
    }
  }

  /// Returns the value of `operand`.
  func value(_ operand: Operand) -> Value {
    switch operand {
    case .register(let r):
      if let condition = frame.condition(of: r) {
        return llvm.resize(condition, to: llvm.integer(8))
      }
      guard let value = frame.value(of: r) ?? given(.register(r.number), as: type(of: r)) else {
        preconditionFailure("%\(r.number) of '\(frame.program.name)' is used where it is not defined")
      }
      return value
    case .constant(let number, .pointer):
      return number == 0 ? llvm.zero(llvm.pointer) : llvm.address(Int(number))
    case .constant(let number, let type): return llvm.constant(number, width: type.size * 8)
    case .address(let place): return address(of: place)
    case .map(let index):
      guard let map = maps[index] else { preconditionFailure("the map is not one of the kernel's") }
      return map
    case .twin(let index):
      guard let map = twins[index] else { preconditionFailure("a map that has no twin") }
      return map
    case .packets:
      guard let packets else { preconditionFailure("a script that writes no packets has no map for them") }
      return packets
    case .stacks:
      guard let stacks else { preconditionFailure("a script without stacks has no table of them") }
      return stacks
    case .filter(let filter):
      guard let map = filters[filter] else { preconditionFailure("a filter that is not set has no map") }
      return map
    case .ringBuffer:
      guard let ringBuffer else { preconditionFailure("a script without events has no ring buffer") }
      return ringBuffer
    case .context: return context
    case .fact(let index):
      return llvm.opaque(llvm.constant(FactPlaceholders.number(of: index), width: 64), number: index)
    }
  }

  /// Returns the value of `operand`, made one of type `type` if it is not: cut or extended with zeros.
  func value(_ operand: Operand, as type: ValueType) -> Value {
    let value = value(operand)
    if value.type == type { return value }
    if type == llvm.pointer { return llvm.toPointer(value) }
    return llvm.resize(value.type == llvm.pointer ? llvm.toInteger(value) : value, to: type)
  }

  /// Returns the value of `operand` as the machine adds to memory in one step: 32 or 64 bits.
  private func counter(_ operand: Operand) -> Value {
    value(operand, as: llvm.integer(type(of: operand) == .i32 ? 32 : 64))
  }

  /// Returns the value of `operand` as an address.
  func pointer(_ operand: Operand) -> Value { value(operand, as: llvm.pointer) }

  /// Returns the truth value of `operand` as one bit.
  func condition(_ operand: Operand) -> Value {
    if case .register(let r) = operand, let condition = frame.condition(of: r) { return condition }
    let value = value(operand)
    return llvm.emit(.notEqual, value, llvm.zero(value.type))
  }

  /// The context of the program.
  var context: Value {
    given(.context, as: llvm.pointer) ?? frame.part.function.parameter(0)
  }

  /// The address of the program's scratch memory.
  var scratchMemory: Value {
    guard let scratch = given(.scratch, as: llvm.pointer) ?? frame.part.scratch ?? frame.scratch
    else {
      preconditionFailure("the program has no scratch memory")
    }
    return scratch
  }

  /// Returns the address of `local`.
  func address(of local: Local) -> Value {
    if let offset = frame.sharing.offsets[local.number] {
      return llvm.advance(scratchMemory, by: llvm.constant(Int64(offset), width: 64))
    }
    guard let address = stackAddress(of: local) else { preconditionFailure("a variable of another function") }
    return address
  }

  /// Returns the address of `local` if it is on the stack of this function or shared by it.
  func stackAddress(of local: Local) -> Value? {
    frame.part.locals[local.number] ?? given(.variable(local.number), as: llvm.pointer)
  }

  /// Returns the address of `slot`.
  func address(of slot: Slot) -> Value {
    guard let address = frame.part.slots[slot.number] ?? given(.slot(slot.number), as: llvm.pointer) else {
      preconditionFailure("a slot of another function")
    }
    return address
  }

}

extension AtomicOperation {

  /// The operation as LLVM has it.
  fileprivate var llvm: AtomicUpdate {
    switch self {
    case .and: .and
    case .or: .or
    case .xor: .xor
    }
  }

}
