import Semantics
import Syntax
import Types

/// Which scratch variables of an action hold pointers whose types the verifier knows.
struct TrackedVariables {

  /// The variables that hold such pointers and nothing else.
  private(set) var certain: Set<Int> = []

  /// The variables that may hold one.
  private(set) var possible: Set<Int> = []

  /// Finds the variables of `action`.
  ///
  /// - Parameters:
  ///   - excluded: variables that lose what the verifier knows.
  ///   - isCertain: tells whether a value is such a pointer and fits the type of the variable, given the variables that are.
  ///   - isPossible: tells whether a value may be one, given the variables that may.
  init(
    of action: Program.Action, excluding excluded: Set<Int>,
    isCertain: (Expression, Int, TrackedVariables) -> Bool,
    isPossible: (Expression, TrackedVariables) -> Bool
  ) {
    var values: [Int: [Expression]] = [:]
    var changed: Set<Int> = excluded
    // A variable is assigned by statements; what else changes it makes it one that is not known.
    let visitStatement: (Statement) -> Void = { statement in
      switch statement.kind {
      case .assignment(let target, let operation, let value):
        guard case .scratch = target.kind, let index = action.references[target.id] else { return }
        if operation != nil { changed.insert(index) }
        values[index, default: []].append(value)
      case .declaration(_, _, let value):
        guard let index = action.references[statement.id] else { return }
        if let value { values[index, default: []].append(value) }
      case .forEach, .forRange:
        if let index = action.references[statement.id] { changed.insert(index) }
      default: break
      }
    }
    let visitExpression: (Expression) -> Void = { expression in
      switch expression.kind {
      case .step(let target, _, _):
        if let index = action.references[target.id] { changed.insert(index) }
      case .call(let name, let arguments) where name.text == "find":
        for argument in arguments { if let index = action.references[argument.id] { changed.insert(index) } }
      default: break
      }
    }
    action.predicate?.forEachStatement(visitStatement)
    action.body.forEachStatement(visitStatement)
    action.predicate?.forEachExpression(visitExpression)
    action.body.forEachExpression(visitExpression)

    certain = Set(values.keys).subtracting(changed)
    while let wrong = certain.first(where: { index in
      !(values[index] ?? []).allSatisfy { isCertain($0, index, self) }
    }) {
      certain.remove(wrong)
    }
    while let new = values.first(where: { index, values in
      !possible.contains(index) && values.contains { isPossible($0, self) }
    }) {
      possible.insert(new.key)
    }
  }

  /// Creates an instance without variables.
  init() {}

}
