import IR
import LLVM
import Types

/// Memory: addresses, loads, copies.
extension ModuleEmitter {

  /// The number of words up to which a copy is written out; longer ones are loops.
  private static let unrolledWords = 32

  /// The number of words in each turn of such a loop.
  private static let wordsPerTurn = 8

  /// Returns the address of `place`.
  func address(of place: Place) -> Value {
    var offset = place.offset
    let base: Value
    switch place.base {
    case .slot(let slot): base = address(of: slot)
    case .register(let r): base = pointer(.register(r))
    case .context: base = context
    case .scratch:
      base = scratchMemory
    case .globals:
      guard let globals else { preconditionFailure("variables are emitted first") }
      base = globals
    case .constant(let index):
      guard let constants else { preconditionFailure("variables are emitted first") }
      base = constants
      offset += constantOffsets[index]
    }
    return offset == 0 ? base : llvm.advance(base, by: llvm.constant(Int64(offset), width: 64))
  }

  /// Emits a load.
  func load(_ type: ValueType, from place: Place) -> Value {
    guard place.base == .context else { return llvm.load(type, from: address(of: place)) }
    let size = type == llvm.pointer ? 8 : type.width / 8
    return llvm.loadKeepingOffset(type, from: context, offset: place.offset, alignment: size)
  }

  /// Emits a copy.
  func emitCopy(to: Place, from: Place, count: Int, alignment: Int) {
    let unit = min(max(alignment, self.alignment(of: to)), max(alignment, self.alignment(of: from)), 8)
    // The verifier wants constant offsets into the context, so no loop can copy from there.
    let limit = from.base == .context ? count : ModuleEmitter.unrolledWords * unit
    let loopCount = count > limit ? count / (ModuleEmitter.wordsPerTurn * unit) : 0
    let type = llvm.integer(unit * 8)
    var done = 0
    if loopCount > 0 {
      let (source, target) = (address(of: from), address(of: to))
      emitTurns(loopCount, step: ModuleEmitter.wordsPerTurn * unit) { offset in
        let (a, b) = (llvm.advance(source, by: offset), llvm.advance(target, by: offset))
        for i in 0..<ModuleEmitter.wordsPerTurn {
          let distance = llvm.constant(Int64(i * unit), width: 64)
          llvm.store(llvm.load(type, from: llvm.advance(a, by: distance)), to: llvm.advance(b, by: distance))
        }
      }
      done = loopCount * ModuleEmitter.wordsPerTurn * unit
    }
    for (offset, size) in pieces(from: done, to: count, unit: unit) {
      let value = load(llvm.integer(size * 8), from: from.advanced(by: offset))
      llvm.store(value, to: address(of: to.advanced(by: offset)))
    }
  }

  /// Emits the setting of `count` bytes to 0.
  func emitZero(_ place: Place, count: Int, alignment: Int) {
    let unit = min(max(alignment, self.alignment(of: place)), 8)
    let zero = llvm.constant(0, width: unit * 8)
    var done = 0
    if count > ModuleEmitter.unrolledWords * unit {
      let loopCount = count / (ModuleEmitter.wordsPerTurn * unit)
      let target = address(of: place)
      emitTurns(loopCount, step: ModuleEmitter.wordsPerTurn * unit) { offset in
        let start = llvm.advance(target, by: offset)
        for i in 0..<ModuleEmitter.wordsPerTurn {
          llvm.store(zero, to: llvm.advance(start, by: llvm.constant(Int64(i * unit), width: 64)))
        }
      }
      done = loopCount * ModuleEmitter.wordsPerTurn * unit
    }
    for (offset, size) in pieces(from: done, to: count, unit: unit) {
      llvm.store(llvm.constant(0, width: size * 8), to: address(of: place.advanced(by: offset)))
    }
  }

  /// Returns the offsets and sizes of the pieces, of at most `unit` bytes, that make up the bytes from `start` to `end`.
  private func pieces(from start: Int, to end: Int, unit: Int) -> [(offset: Int, size: Int)] {
    var result: [(offset: Int, size: Int)] = []
    var (offset, size) = (start, unit)
    while offset < end {
      while size > end - offset { size /= 2 }
      result.append((offset, size))
      offset += size
    }
    return result
  }

  /// Emits a loop of `count` turns; `body` emits one, given the offset `step` · turn.
  private func emitTurns(_ count: Int, step: Int, body: (Value) -> Void) {
    let (before, header, exit) = (llvm.currentBlock, addBlock("turn"), addBlock("turned"))
    llvm.jump(to: header)
    llvm.append(to: header)
    let offset = llvm.merge(llvm.integer(64), [(llvm.constant(0, width: 64), before)])
    body(offset)
    let next = llvm.emit(.add, offset, llvm.constant(Int64(step), width: 64))
    llvm.addSource(next, from: header, to: offset)
    let isMore = llvm.emit(.unsignedLess, next, llvm.constant(Int64(count * step), width: 64))
    llvm.branch(isMore, then: header, otherwise: exit)
    llvm.append(to: exit)
  }

  /// Returns the alignment that the address of `place` is known to have: a power of two up to 8.
  private func alignment(of place: Place) -> Int {
    let base =
      switch place.base {
      case .slot(let slot): Frame.alignment(of: frame.program.slots[slot.number])
      case .scratch, .globals, .constant, .context: 8
      case .register: 1
      }
    return place.offset == 0 ? base : min(base, 1 << place.offset.trailingZeroBitCount)
  }

}
