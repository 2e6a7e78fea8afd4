import IR
import LLVM
import Types

/// Programs, blocks and the flow of control.
extension ModuleEmitter {

  /// Emits `program`.
  mutating func emit(_ program: IRProgram) {
    frame = Frame(program: program)
    let type = llvm.function(from: [llvm.pointer], to: llvm.integer(32))
    let function = llvm.addFunction(program.name, type, in: program.kind.section)
    let scope = debug.describe(function, named: program.name)
    frame.function = function
    frame.scope = scope
    llvm.append(to: addBlock("entry"))
    debug.setLine(0, in: scope, of: llvm)
    emitMemory()
    if emit(program.body) { emitReturn() }
  }

  /// Emits the end of the program.
  ///
  /// It is emitted wherever the program ends, because jumps reach no further than 32767 instructions. The result, 0,
  /// tells the kernel that the event is dealt with: perf records no sample of it.
  func emitReturn() { llvm.returns(llvm.constant(0, width: 32)) }

  /// Emits the memory of the program.
  private mutating func emitMemory() {
    let program = frame.program
    for (i, type) in program.locals.enumerated() {
      let local = llvm.allocate(self.type(type), alignment: type.size, name: "$\(i)")
      llvm.store(llvm.zero(self.type(type)), to: local)
      frame.locals.append(local)
    }
    let plan = StackPlan(of: program)
    let homes = plan.homes.enumerated().map { i, home in
      llvm.allocate(
        llvm.array(of: llvm.integer(8), count: home.size), alignment: home.alignment, name: "home\(i)")
    }
    frame.slots = plan.home.map { homes[$0] }
    if let index = program.scratchIndex { emitScratch(index) }
  }

  /// Emits the look-up of the program's scratch memory, without which it cannot go on.
  private mutating func emitScratch(_ index: Int) {
    guard let scratch else { preconditionFailure("a program uses scratch memory of no size") }
    let key = llvm.allocate(llvm.integer(32), alignment: 4, name: "scratch_key")
    llvm.store(llvm.constant(Int64(index), width: 32), to: key)
    let address = emitCall(.mapLookupElement, [scratch, key])
    let (missing, found) = (addBlock("missing"), addBlock("found"))
    llvm.branch(
      llvm.emit(.notEqual, address, llvm.zero(llvm.pointer)), then: found, otherwise: missing)
    llvm.append(to: missing)
    emitReturn()
    llvm.append(to: found)
    frame.scratch = address
  }

  /// Emits `block`, and returns `true` iff control reaches its end.
  mutating func emit(_ block: IRBlock) -> Bool {
    for instruction in block.instructions where !emit(instruction) { return false }
    return true
  }

  /// Emits a choice between two blocks, and returns `true` iff control reaches its end.
  mutating func emitBranch(_ operand: Operand, _ then: IRBlock, _ otherwise: IRBlock) -> Bool {
    let condition = condition(operand)
    let hasElse = !otherwise.instructions.isEmpty
    let merge = llvm.makeBlock("merge")
    let (thenBlock, elseBlock) = (addBlock("then"), hasElse ? llvm.makeBlock("else") : merge)
    llvm.branch(condition, then: thenBlock, otherwise: elseBlock)

    llvm.append(to: thenBlock)
    let thenContinues = emit(then)
    if thenContinues { llvm.jump(to: merge) }
    var elseContinues = true
    if hasElse {
      add(elseBlock)
      llvm.append(to: elseBlock)
      elseContinues = emit(otherwise)
      if elseContinues { llvm.jump(to: merge) }
    }

    add(merge)
    llvm.append(to: merge)
    let continues = thenContinues || elseContinues
    if !continues { llvm.unreachable() }
    return continues
  }

  /// Emits a loop, and returns `true` iff control reaches its end.
  mutating func emitLoop(_ body: IRBlock) -> Bool {
    let (header, exit) = (addBlock("loop"), llvm.makeBlock("left"))
    llvm.jump(to: header)
    llvm.append(to: header)
    frame.loops.append((exit: exit, header: header))
    if emit(body) { llvm.jump(to: header) }
    frame.loops.removeLast()
    add(exit)
    llvm.append(to: exit)
    return true
  }

  /// Adds `block` behind the other blocks of the program.
  private func add(_ block: BasicBlock) {
    guard let function = frame.function else { preconditionFailure("no program is open") }
    llvm.add(block, to: function)
  }

  /// Adds a block to the program.
  func addBlock(_ name: String) -> BasicBlock {
    guard let function = frame.function else { preconditionFailure("no program is open") }
    return llvm.addBlock(name, to: function)
  }

  /// Returns LLVM's type for `type`.
  func type(_ type: IRType) -> ValueType {
    type == .pointer ? llvm.pointer : llvm.integer(type.size * 8)
  }

}
