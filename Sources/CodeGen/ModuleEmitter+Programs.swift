import IR
import LLVM
import Types

/// Programs, blocks and the flow of control.
extension ModuleEmitter {

  /// Emits `program`, which shares what `sharing` says.
  mutating func emit(_ program: IRProgram, _ sharing: SharingPlan) {
    let type = llvm.function(from: [llvm.pointer], to: llvm.integer(32))
    let function = llvm.addFunction(program.name, type, in: program.kind.section)
    // The number of the position is what stands for the line.
    let line = (program.position ?? -1) + 1
    let scope = debug.describe(function, named: program.name, at: line, isLocal: false)
    open(
      Frame(
        program: program, sharing: sharing,
        part: Part(number: 0, role: .program, function: function, scope: scope, words: nil, captured: [:])))
    llvm.append(to: addBlock("entry"))
    setLine(line)
    // What is on the stack must be reserved in the first block.
    emitMemory(for: program.body)
    if let index = program.scratchIndex { emitScratch(index) }
    for offset in sharing.offsets.values.sorted() + (sharing.stopOffset.map { [$0] } ?? []) {
      let place = llvm.advance(scratchMemory, by: llvm.constant(Int64(offset), width: 64))
      llvm.store(llvm.constant(0, width: 64), to: place)
    }
    if emit(program.body) { emitExit(.end) }
  }

  /// Makes the instructions that are emitted from now on come from `line`.
  mutating func setLine(_ line: Int) {
    frame.part.line = line
    debug.setLine(line, in: frame.part.scope, of: llvm)
  }

  /// Emits the memory of the function for `body`: its variables, its slots, the words for functions that it calls.
  mutating func emitMemory(for body: IRBlock) {
    let program = frame.program
    let isWhole = frame.part.role == .program && !body.hasParts
    var locals = Set(program.locals.indices)
    var slots = Set(program.slots.indices)
    var bodies: [PartBody] = []
    var parts: [BlockUse] = []
    if !isWhole {
      let own = BlockUse(of: body, without: &bodies)
      parts = bodies.map { BlockUse(of: $0.block) }
      locals = parts.reduce(own.read.union(own.assigned)) { $0.union($1.read).union($1.assigned) }
      slots = slotsOfFunction(own, parts)
    }
    for number in locals.sorted()
    where frame.sharing.offsets[number] == nil && frame.part.captured[.variable(number)] == nil {
      emitLocal(number)
    }
    emitSlots(slots, in: body)
    let count = zip(parts, bodies).map { captures(of: $0, by: role(of: $1, using: $0)).count }.max() ?? 0
    if count > 0 {
      frame.part.outgoing = llvm.allocate(
        llvm.array(of: llvm.integer(64), count: count), alignment: 8, name: "words")
    }
  }

  /// Returns the slots that are the memory of a function which uses `own` itself and calls functions that use `parts`: those
  /// that it uses itself or that several of them use, and that it was not given.
  private func slotsOfFunction(_ own: BlockUse, _ parts: [BlockUse]) -> Set<Int> {
    var result = own.slots
    var seen: Set<Int> = []
    for part in parts {
      result.formUnion(part.slots.intersection(seen))
      seen.formUnion(part.slots)
    }
    return result.filter { frame.part.captured[.slot($0)] == nil }
  }

  /// Emits the memory of a variable, which holds what the function was given for it, or zero.
  private mutating func emitLocal(_ number: Int) {
    let local = frame.program.locals[number]
    let type = self.type(local)
    let address = llvm.allocate(type, alignment: local.size, name: "$\(number)")
    llvm.store(given(.local(number), as: type) ?? llvm.zero(type), to: address)
    frame.part.locals[number] = address
  }

  /// Emits the memory of `slots`, which `body` uses.
  private mutating func emitSlots(_ slots: Set<Int>, in body: IRBlock) {
    let plan = StackPlan(of: slots, in: body, of: frame.program)
    let homes = plan.homes.enumerated().map { i, home in
      llvm.allocate(
        llvm.array(of: llvm.integer(8), count: home.size), alignment: home.alignment, name: "home\(i)")
    }
    for slot in slots.sorted() { frame.part.slots[slot] = homes[plan.home[slot]] }
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
    frame.part.loops.append((exit: exit, header: header))
    if emit(body) { llvm.jump(to: header) }
    frame.part.loops.removeLast()
    add(exit)
    llvm.append(to: exit)
    return true
  }

  /// Adds `block` behind the other blocks of the program.
  private func add(_ block: BasicBlock) {
    llvm.add(block, to: frame.part.function)
  }

  /// Adds a block to the program.
  func addBlock(_ name: String) -> BasicBlock {
    llvm.addBlock(name, to: frame.part.function)
  }

  /// Returns LLVM's type for `type`.
  func type(_ type: IRType) -> ValueType {
    type == .pointer ? llvm.pointer : llvm.integer(type.size * 8)
  }

}
