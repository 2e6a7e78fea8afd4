/// Builds a program by appending instructions to the innermost open block.
public struct ProgramBuilder: Sendable {

  /// The program so far; its body lacks the blocks that are still open.
  public private(set) var program: IRProgram

  /// The blocks that are open, the innermost one last; the first is the program's body.
  private var open: [IRBlock] = [IRBlock()]

  /// Creates a builder of an empty program.
  public init(name: String, kind: ProgramKind) {
    self.program = IRProgram(name: name, kind: kind)
  }

  /// Returns the finished program.
  ///
  /// - Requires: no block is open.
  public consuming func finish() -> IRProgram {
    precondition(open.count == 1, "a block is open")
    program.body = open[0]
    return program
  }

  /// Appends `instruction`.
  public mutating func emit(_ instruction: Instruction) {
    open[open.count - 1].instructions.append(instruction)
  }

  /// Says that the program uses the scratch memory with the given index.
  public mutating func useScratch(_ index: Int) { program.scratchIndex = index }

  /// Returns a new register of the given type.
  public mutating func register(_ type: IRType) -> Register {
    program.registers.append(type)
    return Register(program.registers.count - 1)
  }

  /// Returns a new scalar variable of the given type.
  public mutating func local(_ type: IRType) -> Local {
    program.locals.append(type)
    return Local(program.locals.count - 1)
  }

  /// Returns a new piece of stack memory.
  public mutating func slot(size: Int, alignment: Int) -> Place {
    program.slots.append(IRSlot(size: size, alignment: alignment))
    return Place(.slot(Slot(program.slots.count - 1)))
  }

  /// Returns the type of `operand`.
  public func type(of operand: Operand) -> IRType {
    switch operand {
    case .register(let r): program.registers[r.number]
    case .constant(_, let type): type
    case .fact: .i64
    case .address, .map, .twin, .ringBuffer, .packets, .stacks, .filter, .context: .pointer
    }
  }

  /// Appends an operation on two integers of one type and returns its result.
  public mutating func binary(
    _ operation: BinaryOperation, _ a: Operand, _ b: Operand
  ) -> Operand {
    let result = register(operation.isComparison ? .i8 : type(of: a))
    emit(.binary(result, operation, a, b))
    return .register(result)
  }

  /// Appends a conversion and returns its result.
  public mutating func convert(
    _ operand: Operand, _ conversion: Conversion, to type: IRType
  ) -> Operand {
    let result = register(type)
    emit(.convert(result, conversion, operand))
    return .register(result)
  }

  /// Appends what hides where `operand` comes from, and returns its result.
  public mutating func opaque(_ operand: Operand) -> Operand {
    convert(operand, .opaque, to: type(of: operand))
  }

  /// Appends a choice between two values of one type and returns its result.
  public mutating func select(_ condition: Operand, _ a: Operand, _ b: Operand) -> Operand {
    let result = register(type(of: a))
    emit(.select(result, condition, a, b))
    return .register(result)
  }

  /// Appends a load and returns its result.
  public mutating func load(_ type: IRType, from place: Place) -> Operand {
    let result = register(type)
    emit(.load(result, place))
    return .register(result)
  }

  /// Appends a store.
  public mutating func store(_ operand: Operand, to place: Place) { emit(.store(place, operand)) }

  /// Appends a read of a scalar variable and returns its value.
  public mutating func get(_ local: Local) -> Operand {
    let result = register(program.locals[local.number])
    emit(.get(result, local))
    return .register(result)
  }

  /// Appends an assignment to a scalar variable.
  public mutating func set(_ local: Local, to operand: Operand) { emit(.set(local, operand)) }

  /// Appends a call to a helper and returns its result.
  @discardableResult
  public mutating func call(_ helper: Helper, _ arguments: Operand...) -> Operand {
    call(helper, arguments)
  }

  /// Appends a call to a helper and returns its result.
  public mutating func call(_ helper: Helper, _ arguments: [Operand]) -> Operand {
    let result = register(helper.signature.result)
    emit(.callHelper(result, helper, arguments))
    return .register(result)
  }

  /// Appends a call to a runtime function and returns its result.
  public mutating func call(_ function: RuntimeFunction, _ arguments: Operand...) -> Operand {
    let result = register(function.signature.result)
    emit(.callRuntime(result, function, arguments))
    return .register(result)
  }

  /// Appends a call to a function in C that the script imports and returns its result, which has 64 bits.
  public mutating func call(imported function: String, _ arguments: [Operand]) -> Operand {
    let result = register(.i64)
    emit(.callImported(result, function, arguments))
    return .register(result)
  }

  /// Appends a call to a function of the kernel and returns its result, which is of the given type.
  public mutating func call(_ function: KernelCall, _ arguments: Operand..., as type: IRType) -> Operand {
    let result = register(type)
    emit(.callKernel(result, function, arguments))
    return .register(result)
  }

  /// Appends a choice between two blocks, which `then` and `otherwise` fill.
  public mutating func branch(
    _ condition: Operand, then: (inout ProgramBuilder) -> Void,
    otherwise: (inout ProgramBuilder) -> Void = { _ in }
  ) {
    openBlock()
    then(&self)
    let a = closeBlock()
    openBlock()
    otherwise(&self)
    let b = closeBlock()
    emit(.branch(condition, a, b))
  }

  /// Opens a block that `closeBlock` closes.
  public mutating func openBlock() { open.append(IRBlock()) }

  /// Closes the innermost block and returns it.
  public mutating func closeBlock() -> IRBlock {
    precondition(open.count > 1, "no block is open")
    return open.removeLast()
  }

  /// Returns a condition that holds iff the pointer `operand` is not null.
  public mutating func isNotNull(_ operand: Operand) -> Operand {
    binary(.notEqual, operand, .constant(0, .pointer))
  }

}
