import IR
import LLVM

/// Parts of long programs that the verifier looks at by themselves.
///
/// It follows at most 8192 branches from one beginning (`BPF_COMPLEXITY_LIMIT_JMP_SEQ` in kernel/bpf/verifier.c), and takes a time
/// that grows with their square, but begins anew for each global function (`do_check_subprogs`). Such a function is given no
/// addresses but that of words with values, in which it leaves those that it changes.
extension ModuleEmitter {

  /// Returns what the function for `body`, which uses `use`, is to the others.
  func role(of body: PartBody, using use: BlockUse) -> Part.Role {
    body.role == .apart && isIndependent(body.block, using: use, isInLoop: body.isInLoop)
      ? .independent : body.role
  }

  /// Returns `true` iff `body`, which uses `use`, needs no addresses from the function that calls it, and nothing that the verifier
  /// knows about values there, as it needs where one of both `isInLoop`, to see that the loop ends.
  func isIndependent(_ body: IRBlock, using use: BlockUse, isInLoop: Bool) -> Bool {
    let program = frame.program
    if isInLoop || frame.part.isInLoop { return false }
    if program.kind.isLoadedForTarget || use.usesContext || body.hasLoops { return false }
    if needsScratch(use) && program.kind.isPreemptible { return false }
    if use.slots.contains(where: { frame.part.slots[$0] != nil || frame.part.captured[.slot($0)] != nil }) {
      return false
    }
    return values(for: use).allSatisfy { thing in
      switch thing {
      case .register(let number): program.registers[number] != .pointer
      case .local(let number): program.locals[number] != .pointer
      case .context, .scratch, .variable, .slot: false
      }
    }
  }

  /// Returns what an independent function that uses `use` is given.
  func values(for use: BlockUse) -> [Part.Captured] {
    let sharing = frame.sharing
    let registers = use.used.subtracting(use.defined)
    let locals = use.read.subtracting(use.assigned).union(returned(from: use))
    return registers.sorted().map { .register($0) }
      + locals.filter { sharing.offsets[$0] == nil }.sorted().map { .local($0) }
  }

  /// Returns the variables that an independent function which uses `use` shares with others, and may change.
  private func returned(from use: BlockUse) -> [Int] {
    use.read.union(use.assigned).intersection(frame.sharing.onStack).sorted()
  }

  /// Returns `true` iff a function that uses `use` uses scratch memory.
  private func needsScratch(_ use: BlockUse) -> Bool {
    let sharing = frame.sharing
    return use.usesScratch || (sharing.stopOffset != nil && use.exits.contains(.stop))
      || use.read.union(use.assigned).contains { sharing.offsets[$0] != nil }
  }

  /// Emits `body` as an independent function that runs once, and returns `true` iff control reaches its end.
  mutating func emitIndependent(_ body: IRBlock) -> Bool {
    let use = BlockUse(of: body)
    let captured = values(for: use)
    let returned = returned(from: use)
    storeWords(for: captured)
    let function = emitIndependentFunction(body, use, given: captured, returning: returned)
    let exit = llvm.call(function.value, function.type, captured.isEmpty ? [] : [outgoing])
    for number in returned {
      guard let index = captured.firstIndex(of: .local(number)) else { continue }
      let type = type(frame.program.locals[number])
      let value = llvm.load(llvm.integer(64), from: outgoingWord(index))
      llvm.store(llvm.resize(value, to: type), to: address(of: Local(number)))
    }
    emitExits(of: use, after: exit)
    return true
  }

  /// Emits the function for `body`, which uses `use`, and returns it.
  private mutating func emitIndependentFunction(
    _ body: IRBlock, _ use: BlockUse, given captured: [Part.Captured], returning returned: [Int]
  ) -> Function {
    let (outer, block) = (frame.part, llvm.currentBlock)
    let name = "\(frame.program.name)__\(frame.partCount)"
    let type = llvm.function(from: captured.isEmpty ? [] : [llvm.pointer], to: llvm.integer(64))
    let function = llvm.addFunction(name, type, in: ".text")
    let scope = debug.describe(
      independent: function, named: name, at: outer.line, wordCount: captured.count)
    frame.part = Part(
      number: frame.partCount, role: .independent, function: function, scope: scope,
      words: captured.isEmpty ? nil : function.parameter(0),
      captured: Dictionary(uniqueKeysWithValues: captured.enumerated().map { ($1, $0) }))
    frame.partCount += 1
    llvm.append(to: addBlock("entry"))
    setLine(outer.line)
    if let words = frame.part.words { emitCheck(of: words) }
    emitMemory(for: body)
    if needsScratch(use), let index = frame.program.scratchIndex {
      let key = llvm.allocate(llvm.integer(32), alignment: 4, name: "scratch_key")
      frame.part.scratch = emitLookUp(ofScratchEntry: scratchLayout.entry(of: index), key: key)
    }
    frame.part.returned = returned
    if emit(body) { emitExit(.end) }

    frame.part = outer
    llvm.append(to: block)
    setLine(outer.line)
    return function
  }

  /// Emits the end of the function for when the address of its words is null, as far as the verifier knows.
  private func emitCheck(of words: Value) {
    let (missing, given) = (addBlock("missing"), addBlock("given"))
    llvm.branch(llvm.emit(.notEqual, words, llvm.zero(llvm.pointer)), then: given, otherwise: missing)
    llvm.append(to: missing)
    llvm.returns(llvm.constant(Part.Exit.stop.rawValue, width: 64))
    llvm.append(to: given)
  }

  /// Emits the end of an independent function, left in the way that `kind` names.
  func endIndependent(_ kind: Part.Exit) {
    for number in frame.part.returned {
      guard let index = frame.part.captured[.local(number)], let words = frame.part.words else { continue }
      let value = llvm.load(type(frame.program.locals[number]), from: address(of: Local(number)))
      let place = llvm.advance(words, by: llvm.constant(Int64(8 * index), width: 64))
      llvm.store(llvm.resize(value, to: llvm.integer(64)), to: place)
    }
    llvm.returns(llvm.constant(kind.rawValue, width: 64))
  }

}
