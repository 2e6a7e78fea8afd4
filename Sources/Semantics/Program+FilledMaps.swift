public import Syntax

extension Program.Action {

  /// Calls `body` with the map and the place of everything that gives an element of a map a value.
  public func forEachFilledMap(_ body: (Name, Expression) -> Void) {
    predicate?.forEachFilledMap(body)
    self.body.forEachFilledMap(body)
  }

}

/// A part of a script that may have statements and expressions in it.
protocol TreePart {

  /// Calls `visit` with each statement in it.
  func forEachStatement(_ visit: (Statement) -> Void)

  /// Calls `visit` with each expression in it.
  func forEachExpression(_ visit: (Expression) -> Void)

}

extension Block: TreePart {}

extension Expression: TreePart {}

extension TreePart {

  /// Calls `body` with the map and the place of everything that gives an element of a map a value.
  func forEachFilledMap(_ body: (Name, Expression) -> Void) {
    forEachStatement { statement in
      if case .assignment(let target, _, _) = statement.kind, case .map(let name, _) = target.kind {
        body(name, target)
      }
    }
    forEachExpression { expression in
      if case .step(let target, _, _) = expression.kind, case .map(let name, _) = target.kind {
        body(name, target)
      }
    }
  }

}
