import Semantics
import Syntax

extension Program.Action {

  /// The variables whose addresses are taken, which must be in memory, as indices into `variables`.
  var addressedVariables: Set<Int> {
    var result: Set<Int> = []
    let visit: (Expression) -> Void = { expression in
      if case .unary(.addressOf, let operand) = expression.kind, case .scratch = operand.kind,
        let index = references[operand.id]
      {
        result.insert(index)
      }
    }
    predicate?.forEachExpression(visit)
    body.forEachExpression(visit)
    return result
  }

}
