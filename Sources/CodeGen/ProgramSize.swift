import IR

extension IRProgram {

  /// About how many BPF instructions the program becomes.
  var estimatedSize: Int { body.estimatedSize }

}

extension IRBlock {

  /// About how many BPF instructions the block becomes.
  fileprivate var estimatedSize: Int { instructions.reduce(0) { $0 + $1.estimatedSize } }

}

extension Instruction {

  /// About how many BPF instructions the instruction becomes.
  fileprivate var estimatedSize: Int {
    switch self {
    case .branch(_, let then, let otherwise): 2 + then.estimatedSize + otherwise.estimatedSize
    case .loop(let body): 1 + body.estimatedSize
    case .copy(_, _, let count, _), .zero(_, let count, _): min(count / 4, 64) + 2
    case .callHelper(_, _, let arguments): 1 + 2 * arguments.count
    case .callRuntime: 60
    case .position: 0
    default: 2
    }
  }

}
