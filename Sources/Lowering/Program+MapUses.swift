import Builtins
import Semantics
import Syntax

extension Program {

  /// The names of the maps whose elements are deleted one by one or counted, which arrays cannot do.
  var deletedMaps: Set<String> {
    var names: Set<String> = []
    for action in actions {
      let note: (Expression) -> Void = { expression in
        guard case .call(let name, let arguments) = expression.kind, ["delete", "len"].contains(name.text),
          case .map(let map, _)? = arguments.first?.kind
        else { return }
        names.insert(map.text)
      }
      action.predicate?.forEachExpression(note)
      action.body.forEachExpression(note)
    }
    return names
  }

  /// The names of the maps that programs give values to.
  var filledMaps: Set<String> {
    var names: Set<String> = []
    for action in actions { action.forEachFilledMap { name, _ in names.insert(name.text) } }
    return names
  }

  /// The names of the maps that programs read or look for elements in, not only fill.
  var readMaps: Set<String> {
    var names: Set<String> = []
    var unread: Set<NodeID> = []
    for action in actions {
      let noteStatement: (Statement) -> Void = { statement in
        if case .assignment(let target, nil, _) = statement.kind { unread.insert(target.id) }
        if case .forEach(_, let map, _) = statement.kind { names.insert(map.text) }
      }
      action.predicate?.forEachStatement(noteStatement)
      action.body.forEachStatement(noteStatement)
      let note: (Expression) -> Void = { expression in
        switch expression.kind {
        case .call(let name, let arguments):
          if name.text == "table" { for map in TableCall.maps(of: arguments) { unread.insert(map.id) } }
          guard ["print", "clear", "zero"].contains(name.text), let first = arguments.first else { return }
          unread.insert(first.id)
        case .map(let map, _):
          if !unread.contains(expression.id) { names.insert(map.text) }
        default: break
        }
      }
      action.predicate?.forEachExpression(note)
      action.body.forEachExpression(note)
    }
    return names
  }

}
