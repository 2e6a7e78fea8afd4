public import Syntax

extension Block {

  /// `true` iff the block, that of a block expression, returns the expression's value somewhere before its end; what block
  /// expressions within it return is their value.
  public var returnsValue: Bool {
    statements.contains { statement in
      if case .returnFromProbe(.some) = statement.kind { return true }
      return statement.blocks.contains { $0.returnsValue }
    }
  }

}
