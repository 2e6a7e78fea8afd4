import IR
import LLVM
import Types

/// The scratch memory of programs.
extension ModuleEmitter {

  /// Emits the look-up of the program's scratch memory, without which it cannot go on.
  ///
  /// Programs that can be run while a run of them waits have several pieces of memory on each CPU, of which a run takes one that
  /// no other has.
  mutating func emitScratch(_ index: Int) {
    let key = llvm.allocate(llvm.integer(32), alignment: 4, name: "scratch_key")
    let entry = scratchLayout.entry(of: index)
    guard frame.program.kind.isPreemptible else {
      frame.scratch = emitLookUp(ofScratchEntry: entry, key: key)
      return
    }
    let claimed = llvm.allocate(llvm.pointer, alignment: 8, name: "scratch_claimed")
    let done = addBlock("claimed")
    for attempt in 0..<ScratchLayout.concurrentRuns {
      let address = emitLookUp(ofScratchEntry: entry + attempt, key: key)
      let old = llvm.atomic(.exchange, llvm.constant(1, width: 64), to: claim(of: address))
      llvm.store(address, to: claimed)
      let next = addBlock("taken")
      llvm.branch(llvm.emit(.equal, old, llvm.constant(0, width: 64)), then: done, otherwise: next)
      llvm.append(to: next)
    }
    if let globals, let offset = source.manifest.globals.runsWithoutMemory[frame.program.name] {
      let count = llvm.advance(globals, by: llvm.constant(Int64(offset), width: 64))
      llvm.atomic(.add, llvm.constant(1, width: 64), to: count)
    }
    emitExit(.stop)
    llvm.append(to: done)
    frame.scratch = llvm.load(llvm.pointer, from: claimed)
  }

  /// Emits what makes the program's scratch memory free for other runs of it, if it has taken some.
  func releaseScratch() {
    guard frame.program.kind.isPreemptible, let scratch = frame.scratch else { return }
    llvm.store(llvm.constant(0, width: 64), to: claim(of: scratch))
  }

  /// Returns the address of the word of the scratch memory at `address` that is not 0 while a run uses it.
  private func claim(of address: Value) -> Value {
    llvm.advance(address, by: llvm.constant(Int64(scratchLayout.claimOffset), width: 64))
  }

  /// Emits the look-up of an entry of the map `scratch`, the end of the program if there is none, and returns its address. `key` is
  /// memory for 32 bits.
  mutating func emitLookUp(ofScratchEntry entry: Int, key: Value) -> Value {
    guard let scratch else { preconditionFailure("a program uses scratch memory of no size") }
    llvm.store(scratchKey(of: entry), to: key)
    let address = emitCall(.mapLookupElement, [scratch, key])
    let (missing, found) = (addBlock("missing"), addBlock("found"))
    llvm.branch(
      llvm.emit(.notEqual, address, llvm.zero(llvm.pointer)), then: found, otherwise: missing)
    llvm.append(to: missing)
    emitExit(.stop)
    llvm.append(to: found)
    return address
  }

  /// Emits the key of an entry of the map `scratch`: that of the current CPU where the map has one for each of them.
  private func scratchKey(of entry: Int) -> Value {
    if scratchLayout.entrySize <= MapDefinition.greatestPerCPUValue {
      return llvm.constant(Int64(entry), width: 32)
    }
    let first = llvm.constant(Int64(entry * source.possibleCPUCount), width: 32)
    return llvm.emit(.add, first, emitCall(.getSMPProcessorID, []))
  }

  /// `true` iff the number of CPUs decides about the sizes of maps and where things are in them.
  var dependsOnCPUCount: Bool {
    packets != nil || (scratch != nil && scratchLayout.entrySize > MapDefinition.greatestPerCPUValue)
  }

}
