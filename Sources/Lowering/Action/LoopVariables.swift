import Semantics
import Syntax

/// Which scratch variables of an action are those of `for` loops, and which are used in such loops.
struct LoopVariables {

  /// How the tuple is used that a loop over a map gives to its variable.
  struct Uses {

    /// `true` iff it is used as a whole.
    var isWhole = false

    /// The elements that are used by themselves.
    var elements: Set<Int> = []

    /// Returns `true` iff the element at `index` is used.
    func contains(_ index: Int) -> Bool { isWhole || elements.contains(index) }

  }

  /// The indices of the variables of loops.
  private(set) var all: Set<Int> = []

  /// The indices of the variables that are used in loops.
  private(set) var usedInTurns: Set<Int> = []

  /// How variables are used, by index.
  private var usesByVariable: [Int: Uses] = [:]

  /// Finds the variables of `action`.
  init(in action: Program.Action) {
    var statements: [Statement] = []
    let collect: (Statement) -> Void = { statements.append($0) }
    action.predicate?.forEachStatement(collect)
    action.body.forEachStatement(collect)
    for statement in statements {
      switch statement.kind {
      case .forEach(_, _, let body), .forRange(_, _, _, let body):
        if let index = action.references[statement.id] { all.insert(index) }
        body.forEachExpression { if let index = action.references[$0.id] { usedInTurns.insert(index) } }
        body.forEachStatement { if let index = action.references[$0.id] { usedInTurns.insert(index) } }
      default: break
      }
    }
    if all.isEmpty { return }
    action.predicate?.forEachExpression { note($0, in: action) }
    action.body.forEachExpression { note($0, in: action) }
  }

  /// Notes how `expression` uses variables of loops.
  private mutating func note(_ expression: Expression, in action: Program.Action) {
    switch expression.kind {
    case .element(let base, let number):
      guard let index = action.references[base.id], all.contains(index) else { return }
      usesByVariable[index, default: Uses()].elements.insert(number)
      elementBases.insert(base.id)
    case .scratch:
      guard let index = action.references[expression.id], all.contains(index),
        !elementBases.contains(expression.id)
      else { return }
      usesByVariable[index, default: Uses()].isWhole = true
    default: break
    }
  }

  /// The expressions that are variables of which an element is used; they are visited behind the element.
  private var elementBases: Set<NodeID> = []

  /// Returns how the variable at `index` is used.
  func uses(of index: Int) -> Uses { usesByVariable[index] ?? Uses() }

}
