public import Syntax

extension Program.Action {

  /// Calls `body` with the map and the place of everything that gives an element of a map a value.
  public func forEachFilledMap(_ body: (Name, Expression) -> Void) {
    predicate?.forEachFilledMap(body)
    self.body.forEachFilledMap(body)
  }

}

extension Block {

  /// Calls `body` with the map and the place of everything that gives an element of a map a value.
  func forEachFilledMap(_ body: (Name, Expression) -> Void) {
    forEachStatement { statement in
      if case .assignment(let target, _, _) = statement.kind, case .map(let name, _) = target.kind {
        body(name, target)
      }
    }
    forEachExpression { $0.noteStep(body) }
  }

}

extension Expression {

  /// Calls `body` with the map and the place of everything that gives an element of a map a value.
  func forEachFilledMap(_ body: (Name, Expression) -> Void) {
    forEachStatement { statement in
      if case .assignment(let target, _, _) = statement.kind, case .map(let name, _) = target.kind {
        body(name, target)
      }
    }
    forEachExpression { $0.noteStep(body) }
  }

  /// Calls `body` if the expression is `@m++` or its like.
  fileprivate func noteStep(_ body: (Name, Expression) -> Void) {
    if case .step(let target, _, _) = kind, case .map(let name, _) = target.kind { body(name, target) }
  }

}
