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
      var target: Int? = nil
      if case .assignment(let left, nil, let value) = statement.kind, case .scratch = left.kind {
        target = action.references[left.id]
        note(usesIn: value, of: action)
      } else {
        var uses = Uses(references: action.references)
        uses.visit(statement)
        seen.formUnion(uses.variables)
      }
      if let target, seen.insert(target).inserted { variables.insert(target) }
    }
  }

  /// Notes the variables that `expression` uses.
  private mutating func note(usesIn expression: Expression, of action: Program.Action) {
    var uses = Uses(references: action.references)
    uses.visit(expression)
    seen.formUnion(uses.variables)
  }

  /// Collects the variables that nodes refer to.
  private struct Uses: TreeVisitor {

    /// The variable that each node refers to.
    let references: [NodeID: Int]

    /// The variables found.
    var variables: Set<Int> = []

    /// Notes the variable that `statement` declares.
    mutating func enter(_ statement: Statement) { note(statement.id) }

    /// Notes the variable that `expression` is.
    mutating func enter(_ expression: Expression) { note(expression.id) }

    /// Notes the variable that the node `id` refers to.
    private mutating func note(_ id: NodeID) {
      if let variable = references[id] { variables.insert(variable) }
    }

  }

}
