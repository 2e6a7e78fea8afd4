internal import CPasses

/// A pass: what makes code shorter in one respect.
public enum Pass: Hashable, Sendable {

  /// Puts functions that are marked so in the places of their calls.
  case inlineMarked

  /// Removes functions and variables that nobody uses.
  case removeUnusedGlobals

  /// Makes values of what functions keep in memory (LLVM's `sroa`).
  case replaceAggregates

  /// Computes once what is computed twice (LLVM's `early-cse`).
  case shareExpressions

  /// Writes instructions in shorter ways (LLVM's `instcombine`).
  case combineInstructions

  /// Merges and removes blocks (LLVM's `simplifycfg`).
  case simplifyFlow

  /// Removes instructions whose results nobody uses (LLVM's `adce`).
  case removeDeadCode

  /// The pass as `cpasses_run` takes it.
  var number: UInt32 {
    let pass =
      switch self {
      case .inlineMarked: cpasses_inline_marked
      case .removeUnusedGlobals: cpasses_remove_unused_globals
      case .replaceAggregates: cpasses_replace_aggregates
      case .shareExpressions: cpasses_share_expressions
      case .combineInstructions: cpasses_combine_instructions
      case .simplifyFlow: cpasses_simplify_flow
      case .removeDeadCode: cpasses_remove_dead_code
      }
    return pass.rawValue
  }

}
