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
    let gatheringMaps = Set(maps.filter { $0.value.isAggregation }.map(\.name))
    for action in actions {
      let noteStatement: (Statement) -> Void = { statement in
        switch statement.kind {
        case .assignment(let target, nil, _), .assignment(let target, .add, _),
          .assignment(let target, .subtract, _):
          unread.insert(target.id)
        case .expression(let expression):
          if case .step(let target, _, _) = expression.kind { unread.insert(target.id) }
        case .forEach(_, let map, _): names.insert(map.text)
        default: break
        }
      }
      action.predicate?.forEachStatement(noteStatement)
      action.body.forEachStatement(noteStatement)
      let note: (Expression) -> Void = { expression in
        switch expression.kind {
        case .call(let name, let arguments):
          if name.text == "table" { for map in TableCall.maps(of: arguments) { unread.insert(map.id) } }
          guard ["print", "clear", "zero"].contains(name.text), let first = arguments.first,
            case .map(let map, let key) = first.kind
          else { return }
          // The process reads all that is printed, except for single values, which are sent as they are at that moment.
          if key.isEmpty || gatheringMaps.contains(map.text) { unread.insert(first.id) }
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
