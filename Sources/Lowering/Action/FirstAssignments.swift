import Semantics
import Syntax

/// The scratch variables whose first use is an assignment that always happens: they need no initial value.
struct FirstAssignments {

  /// The indices of the variables.
  private(set) var variables: Set<Int> = []

  /// The indices of the variables that were used in any way.
  private var seen: Set<Int> = []

  /// Finds the variables of `action`, looking at the statements of its outermost block only.
  init(in action: Program.Action) {
    for statement in action.body.statements {
      if case .assignment(let target, nil, let value) = statement.kind, case .scratch = target.kind {
        value.forEachExpression { note($0, of: action) }
        if let variable = action.references[target.id], seen.insert(variable).inserted {
          variables.insert(variable)
        }
      } else {
        Block([statement], site: statement.site).forEachExpression { note($0, of: action) }
      }
    }
  }

  /// Notes that the variable that `expression` is, if it is one, is used.
  private mutating func note(_ expression: Expression, of action: Program.Action) {
    if let variable = action.references[expression.id] { seen.insert(variable) }
  }

}
