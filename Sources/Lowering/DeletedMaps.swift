import Semantics
import Syntax

extension Program {

  /// The names of the maps whose elements are deleted one by one or counted, which arrays cannot do.
  var deletedMaps: Set<String> {
    var names: Set<String> = []
    for action in actions {
      action.body.forEachExpression { expression in
        guard case .call(let name, let arguments) = expression.kind, ["delete", "len"].contains(name.text),
          case .map(let map, _)? = arguments.first?.kind
        else { return }
        names.insert(map.text)
      }
    }
    return names
  }

}
