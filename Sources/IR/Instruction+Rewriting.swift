extension Instruction {

  /// Returns the instruction with each of its blocks replaced by what `rewrite` makes of it.
  public func rewritingBlocks(_ rewrite: (IRBlock) -> IRBlock) -> Instruction {
    switch self {
    case .branch(let condition, let then, let otherwise):
      .branch(condition, rewrite(then), rewrite(otherwise))
    case .loop(let body): .loop(rewrite(body))
    case .apart(let body): .apart(rewrite(body))
    case .forEachElement(let map, let key, let value, let body):
      .forEachElement(map: map, key: key, value: value, rewrite(body))
    case .forCount(let count, let index, let body): .forCount(count, index: index, rewrite(body))
    default: self
    }
  }

}
