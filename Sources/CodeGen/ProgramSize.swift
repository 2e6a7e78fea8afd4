import IR

/// The estimated number of BPF instructions of a function from which on it is cut into several.
///
/// Jumps of the machine's third version reach 32 767 instructions; its fourth has longer ones, but only Linux 6.6 and newer know it.
/// LLVM takes a time that grows with the square of a function's length well before.
let largeSize = 4_000

/// The number of pieces that a program is cut into at most, but for the functions that its loops need: the kernel takes 256
/// functions (`BPF_MAX_SUBPROGS` in include/linux/bpf_verifier.h).
private let greatestPieceCount = 160

extension TraceModule {

  /// Returns the module with blocks made functions of their own that are too long to be jumped over.
  func withLongBlocksApart() -> TraceModule {
    var result = self
    for index in programs.indices {
      let size = programs[index].estimatedSize
      guard size > largeSize else { continue }
      let pieceSize = max(Instruction.pieceSize, size / greatestPieceCount)
      result.programs[index].body = programs[index].body.withLongBlocksApart(pieceSize).block
    }
    return result
  }

}

extension IRProgram {

  /// About how many BPF instructions the program becomes.
  var estimatedSize: Int { body.estimatedSize }

}

extension IRBlock {

  /// About how many BPF instructions the block becomes.
  fileprivate var estimatedSize: Int { instructions.reduce(0) { $0 + $1.estimatedSize } }

  /// Returns the block with blocks in it made functions of their own that are too long to be jumped over, pieces of about
  /// `pieceSize` instructions, and about how many BPF instructions are left.
  fileprivate func withLongBlocksApart(_ pieceSize: Int) -> (block: IRBlock, size: Int) {
    var result = IRBlock()
    var size = 0
    for instruction in instructions {
      let (new, newSize) = instruction.withLongBlocksApart(pieceSize)
      result.instructions.append(new)
      size += newSize
    }
    return size > largeSize ? result.inPieces(of: pieceSize) : (result, size)
  }

  /// Returns the block with its statements in functions of `wantedSize` instructions or a little more, and about how many BPF
  /// instructions are left: LLVM and verifier take a time that grows with the square of the length of a function.
  private func inPieces(of wantedSize: Int) -> (block: IRBlock, size: Int) {
    let lastUses = lastUses
    var result = IRBlock()
    var piece = IRBlock()
    var (size, pieceSize, needed) = (0, 0, 0)

    /// Makes a function of the instructions of `piece`, if they are not few.
    func cut() {
      if pieceSize > Instruction.partSize {
        result.instructions.append(.apart(piece))
        size += Instruction.partSize
      } else {
        result.instructions += piece.instructions
        size += pieceSize
      }
      (piece, pieceSize) = (IRBlock(), 0)
    }

    for (index, instruction) in instructions.enumerated() {
      if case .position = instruction, pieceSize >= wantedSize, needed < index { cut() }
      piece.instructions.append(instruction)
      pieceSize += instruction.estimatedSizeInPiece
      if let register = instruction.result { needed = max(needed, lastUses[register.number] ?? 0) }
    }
    cut()
    return (result, size)
  }

  /// The index of the last instruction of the block that uses each register.
  private var lastUses: [Int: Int] {
    var result: [Int: Int] = [:]
    for (index, instruction) in instructions.enumerated() {
      for register in BlockUse(of: IRBlock([instruction])).used { result[register] = index }
    }
    return result
  }

  /// Returns the same for a block that is jumped over: if it is too long itself, it becomes a function.
  fileprivate func apartIfLong(_ pieceSize: Int) -> (block: IRBlock, size: Int) {
    let (block, size) = withLongBlocksApart(pieceSize)
    return size > largeSize ? (IRBlock([.apart(block)]), Instruction.partSize) : (block, size)
  }

}

extension Instruction {

  /// About how many BPF instructions the call of a function of the program takes.
  fileprivate static let partSize = 20

  /// About how many BPF instructions the instruction becomes.
  fileprivate var estimatedSize: Int {
    switch self {
    case .branch, .loop: blocks.reduce(2) { $0 + $1.estimatedSize }
    case .forEachElement, .forCount, .apart: blocks.reduce(Instruction.partSize) { $0 + $1.estimatedSize }
    case .copy(_, _, let count, _), .zero(_, let count, _): min(count / 4, 64) + 2
    case .callHelper(_, _, let arguments): 1 + 2 * arguments.count
    case .callRuntime, .callImported: 60
    case .callKernel: 3
    case .position: 0
    default: 2
    }
  }

  /// About how many BPF instructions a piece of a long block becomes at least.
  fileprivate static let pieceSize = 2000

  /// About how many BPF instructions the instruction becomes, but for functions of their own.
  fileprivate var estimatedSizeInPiece: Int {
    switch self {
    case .branch, .loop:
      blocks.reduce(2) { $0 + $1.instructions.reduce(0) { $0 + $1.estimatedSizeInPiece } }
    case .forEachElement, .forCount, .apart: Instruction.partSize
    default: estimatedSize
    }
  }

  /// Returns the instruction with long blocks in it made functions of their own, and about how many BPF instructions are left.
  fileprivate func withLongBlocksApart(_ pieceSize: Int) -> (instruction: Instruction, size: Int) {
    switch self {
    case .branch(let condition, let then, let otherwise):
      let (a, b) = (then.apartIfLong(pieceSize), otherwise.apartIfLong(pieceSize))
      return (.branch(condition, a.block, b.block), 2 + a.size + b.size)
    case .loop(let body):
      let new = body.apartIfLong(pieceSize)
      return (.loop(new.block), 2 + new.size)
    case .forEachElement(let map, let key, let value, let body):
      return (
        .forEachElement(map: map, key: key, value: value, body.withLongBlocksApart(pieceSize).block),
        Self.partSize
      )
    case .forCount(let count, let index, let body):
      return (.forCount(count, index: index, body.withLongBlocksApart(pieceSize).block), Self.partSize)
    case .apart(let body): return (.apart(body.withLongBlocksApart(pieceSize).block), Self.partSize)
    default: return (self, estimatedSize)
    }
  }

}
