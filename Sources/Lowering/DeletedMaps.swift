import Semantics
import Syntax

extension Program {

  /// The names of the maps that single elements are deleted from, which arrays cannot do.
  var deletedMaps: Set<String> {
    var names: Set<String> = []
    for action in actions {
      action.body.forEachExpression { expression in
        guard case .call(let name, let arguments) = expression.kind, name.text == "delete",
          case .map(let map, _)? = arguments.first?.kind
        else { return }
        names.insert(map.text)
      }
    }
    return names
  }

}
