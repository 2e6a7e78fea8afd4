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
    let entry = llvm.addBlock("entry", to: function)
    let end = llvm.addBlock("end", to: function)
    frame.end = end

    llvm.append(to: entry)
    debug.setLine(0, in: scope, of: llvm)
    emitMemory()
    if emit(program.body) { llvm.jump(to: end) }

    llvm.append(to: end)
    debug.setLine(0, in: scope, of: llvm)
    // 0 tells the kernel that the event is dealt with: perf records no sample of it.
    llvm.returns(llvm.constant(0, width: 32))
  }

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
    guard let scratch, let function = frame.function, let end = frame.end else {
      preconditionFailure("a program uses scratch memory of no size")
    }
    let key = llvm.allocate(llvm.integer(32), alignment: 4, name: "scratch_key")
    llvm.store(llvm.constant(Int64(index), width: 32), to: key)
    let address = emitCall(.mapLookupElement, [scratch, key])
    let found = llvm.addBlock("scratch", to: function)
    llvm.branch(
      llvm.emit(.notEqual, address, llvm.zero(llvm.pointer)), then: found, otherwise: end)
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
    let merge = addBlock("merge")
    let thenBlock = addBlock("then")
    let otherwiseBlock = otherwise.instructions.isEmpty ? merge : addBlock("else")
    llvm.branch(condition, then: thenBlock, otherwise: otherwiseBlock)

    llvm.append(to: thenBlock)
    var continues = otherwise.instructions.isEmpty
    if emit(then) {
      llvm.jump(to: merge)
      continues = true
    }
    if !otherwise.instructions.isEmpty {
      llvm.append(to: otherwiseBlock)
      if emit(otherwise) {
        llvm.jump(to: merge)
        continues = true
      }
    }
    llvm.append(to: merge)
    if !continues { llvm.unreachable() }
    return continues
  }

  /// Emits a loop, and returns `true` iff control reaches its end.
  mutating func emitLoop(_ body: IRBlock) -> Bool {
    let header = addBlock("loop")
    let exit = addBlock("left")
    llvm.jump(to: header)
    llvm.append(to: header)
    frame.loops.append((exit: exit, header: header))
    if emit(body) { llvm.jump(to: header) }
    frame.loops.removeLast()
    llvm.append(to: exit)
    return true
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
