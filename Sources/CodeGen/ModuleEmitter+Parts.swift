import IR
import LLVM
import Types

/// Blocks that become functions of their own.
///
/// What such a function uses of the one that its block stands in is in words on that one's stack, whose address it is given;
/// addresses keep their types there for the verifier.
extension ModuleEmitter {

  /// Emits a loop over the elements of a map, and returns `true` iff control reaches its end.
  mutating func emitForEach(map: Int, key: Register, value: Register, _ body: IRBlock) -> Bool {
    let parameters = [llvm.pointer, llvm.pointer, llvm.pointer, llvm.pointer]
    let (function, use) = emitPart(
      body, as: .turn, from: parameters, defining: [(key, 1), (value, 2)], words: 3)
    let flags = llvm.constant(0, width: 64)
    emitForEach(in: map, [function.value, outgoing, flags])
    emitStop(ifTurnOf: use)
    return true
  }

  /// Emits the call that goes through the map with the given index, or through that of two which programs use now: the
  /// verifier wants to know for each call which one it is.
  private mutating func emitForEach(in map: Int, _ arguments: [Value]) {
    guard let twin = source.manifest.maps[map].twin else {
      _ = emitCall(.forEachMapElement, [self.value(.map(map))] + arguments)
      return
    }
    let word = llvm.load(llvm.integer(64), from: address(of: Place(.globals, offset: twin.selectorOffset)))
    let blocks = (second: addBlock("second"), first: addBlock("first"), after: addBlock("after"))
    llvm.branch(
      llvm.emit(.notEqual, word, llvm.zero(word.type)), then: blocks.second, otherwise: blocks.first)
    for (block, operand) in [(blocks.second, Operand.twin(map)), (blocks.first, .map(map))] {
      llvm.append(to: block)
      _ = emitCall(.forEachMapElement, [self.value(operand)] + arguments)
      keepApart(callOn: operand)
      llvm.jump(to: blocks.after)
    }
    llvm.append(to: blocks.after)
  }

  /// Emits a loop over numbers, and returns `true` iff control reaches its end.
  mutating func emitForCount(_ count: Operand, index: Register, _ body: IRBlock) -> Bool {
    let parameters = [llvm.integer(64), llvm.pointer]
    let (function, use) = emitPart(body, as: .turn, from: parameters, defining: [(index, 0)], words: 1)
    // The kernel looks at no function that it knows to be never called, and then complains that it is missing.
    let number = value(count, as: llvm.integer(64))
    let (turns, after) = (addBlock("turns"), addBlock("after"))
    llvm.branch(llvm.emit(.notEqual, number, llvm.zero(number.type)), then: turns, otherwise: after)
    llvm.append(to: turns)
    _ = emitCall(.loop, [number, function.value, outgoing, llvm.constant(0, width: 64)])
    emitStop(ifTurnOf: use)
    llvm.jump(to: after)
    llvm.append(to: after)
    return true
  }

  /// Emits a block that runs once, and returns `true` iff control reaches its end.
  mutating func emitApart(_ body: IRBlock) -> Bool {
    if isIndependent(body, using: BlockUse(of: body), isInLoop: !frame.part.loops.isEmpty) {
      return emitIndependent(body)
    }
    let (function, use) = emitPart(body, as: .apart, from: [llvm.pointer], defining: [], words: 0)
    let exit = llvm.call(function.value, function.type, [outgoing])
    emitExits(of: use, after: exit)
    return true
  }

  /// Emits the ways out of this function's block that a function which uses `use` may have returned in `exit`.
  func emitExits(of use: BlockUse, after exit: Value) {
    for kind in [Part.Exit.stop, .leave, .again] where use.exits.contains(kind) {
      emit(if: llvm.emit(.equal, exit, llvm.constant(kind.rawValue, width: 64))) {
        $0.emitExit(kind)
      }
    }
  }

  /// Emits the way out of this function's block that `kind` names.
  func emitExit(_ kind: Part.Exit) {
    let loop = frame.part.loops.last
    switch (kind, loop, frame.part.role) {
    case (.leave, let loop?, _): llvm.jump(to: loop.exit)
    case (.again, let loop?, _): llvm.jump(to: loop.header)
    // The result, 0, tells the kernel that the event is dealt with: perf records no sample of it.
    case (.stop, _, .program), (.end, _, .program):
      releaseScratch()
      llvm.returns(llvm.constant(0, width: 32))
    case (.stop, _, .turn):
      llvm.store(llvm.constant(1, width: 64), to: stopFlag)
      endTurn(returning: 1)
    case (.leave, nil, .turn): endTurn(returning: 1)
    case (.again, nil, .turn), (.end, _, .turn): endTurn(returning: 0)
    case (_, _, .apart): llvm.returns(llvm.constant(kind.rawValue, width: 64))
    case (_, _, .independent): endIndependent(kind)
    case (_, nil, .program): preconditionFailure("'leave' and 'repeat' are used in loops")
    }
  }

  /// Emits the end of a turn of a loop with `result`, 0 or 1.
  ///
  /// The verifier wants to see which of both it is. It does not if LLVM makes one return of several that computes it.
  private func endTurn(returning result: Int64) {
    llvm.returns(llvm.opaque(llvm.constant(result, width: 64), number: Int(result)))
  }

  /// Emits the end of the program behind a loop whose turns use `use`, for when one of them has ended it.
  private func emitStop(ifTurnOf use: BlockUse) {
    guard use.exits.contains(.stop) else { return }
    let flag = llvm.load(llvm.integer(64), from: stopFlag)
    emit(if: llvm.emit(.notEqual, flag, llvm.constant(0, width: 64))) { $0.emitExit(.stop) }
  }

  /// Emits what `body` emits, which does not come to its end, for when `condition` holds.
  func emit(if condition: Value, _ body: (borrowing ModuleEmitter) -> Void) {
    let (then, after) = (addBlock("exit"), addBlock("on"))
    llvm.branch(condition, then: then, otherwise: after)
    llvm.append(to: then)
    body(self)
    llvm.append(to: after)
  }

  /// The address of the word that is not 0 iff the program is to end.
  private var stopFlag: Value {
    guard let offset = frame.sharing.stopOffset else { preconditionFailure("the program has no such word") }
    return llvm.advance(scratchMemory, by: llvm.constant(Int64(offset), width: 64))
  }

  /// Where the words for functions that this one calls are; null if none of them needs any.
  var outgoing: Value { frame.part.outgoing ?? llvm.zero(llvm.pointer) }

  /// Emits the function for `body`, and the storing of what it is given, and returns it and what it uses.
  ///
  /// - Parameters:
  ///   - parameters: the types of its parameters.
  ///   - registers: the registers that are parameters, with their indices.
  ///   - words: the index of the parameter that is the address of the words.
  private mutating func emitPart(
    _ body: IRBlock, as role: Part.Role, from parameters: [ValueType],
    defining registers: [(Register, Int)], words: Int
  ) -> (function: Function, use: BlockUse) {
    let use = BlockUse(of: body)
    let captured = captures(of: use, by: role, besides: registers.map(\.0.number))
    storeWords(for: captured)

    let (outer, block) = (frame.part, llvm.currentBlock)
    let name = "\(frame.program.name)__\(frame.partCount)"
    let type = llvm.function(from: parameters, to: llvm.integer(64))
    let function = llvm.addLocalFunction(name, type)
    let scope = debug.describe(function, named: name, at: outer.line, isLocal: true)
    frame.part = Part(
      number: frame.partCount, role: role, function: function, scope: scope,
      words: function.parameter(words),
      captured: Dictionary(uniqueKeysWithValues: captured.enumerated().map { ($1, $0) }))
    frame.part.isInLoop = role == .apart && (outer.isInLoop || !outer.loops.isEmpty)
    frame.partCount += 1
    llvm.append(to: addBlock("entry"))
    setLine(outer.line)
    for (register, index) in registers { frame.define(register, function.parameter(index)) }
    emitMemory(for: body)
    if emit(body) { emitExit(.end) }

    frame.part = outer
    llvm.append(to: block)
    setLine(outer.line)
    return (function, use)
  }

  /// Emits the storing of what a function is given.
  func storeWords(for captured: [Part.Captured]) {
    for (index, thing) in captured.enumerated() { llvm.store(word(for: thing), to: outgoingWord(index)) }
  }

  /// Returns the address of the word for functions that this one calls with the given index.
  func outgoingWord(_ index: Int) -> Value {
    llvm.advance(outgoing, by: llvm.constant(Int64(8 * index), width: 64))
  }

  /// Returns what a function that is `role` and uses `use` must be given by the one that is being emitted; `registers` are its
  /// parameters.
  func captures(of use: BlockUse, by role: Part.Role, besides registers: [Int] = []) -> [Part.Captured] {
    if role == .independent { return values(for: use) }
    let sharing = frame.sharing
    let sharesLocals = use.read.union(use.assigned).contains { sharing.offsets[$0] != nil }
    let sharesStop = sharing.stopOffset != nil && use.exits.contains(.stop)
    var result: [Part.Captured] = []
    if use.usesContext { result.append(.context) }
    if use.usesScratch || sharesLocals || sharesStop { result.append(.scratch) }
    result += use.used.subtracting(use.defined).subtracting(registers).sorted().map { .register($0) }
    let onStack = role == .apart ? use.read.union(use.assigned).intersection(sharing.onStack) : []
    result += onStack.sorted().map { .variable($0) }
    let values = use.read.subtracting(use.assigned).subtracting(onStack)
    result += values.filter { sharing.offsets[$0] == nil }.sorted().map { .local($0) }
    let slots = use.slots.filter { frame.part.slots[$0] != nil || frame.part.captured[.slot($0)] != nil }
    return result + slots.sorted().map { .slot($0) }
  }

  /// Returns the word that a function is given for `thing`.
  private func word(for thing: Part.Captured) -> Value {
    switch thing {
    case .context: return context
    case .scratch: return scratchMemory
    case .register(let number):
      let value = value(.register(Register(number)))
      return value.type == llvm.pointer ? value : llvm.resize(value, to: llvm.integer(64))
    case .local(let number):
      guard let address = stackAddress(of: Local(number)) else { return llvm.constant(0, width: 64) }
      let type = frame.program.locals[number]
      let value = llvm.load(self.type(type), from: address)
      return type == .pointer ? value : llvm.resize(value, to: llvm.integer(64))
    case .variable(let number): return address(of: Local(number))
    case .slot(let number): return address(of: Slot(number))
    }
  }

  /// Returns the value of type `type` that this function was given for `thing`, nil iff it was given none.
  func given(_ thing: Part.Captured, as type: ValueType) -> Value? {
    guard let index = frame.part.captured[thing], let words = frame.part.words else { return nil }
    let place = llvm.advance(words, by: llvm.constant(Int64(8 * index), width: 64))
    if type == llvm.pointer { return llvm.load(type, from: place) }
    return llvm.resize(llvm.load(llvm.integer(64), from: place), to: type)
  }

}
