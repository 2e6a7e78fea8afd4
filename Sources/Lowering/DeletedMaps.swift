import Semantics
import Syntax

/// The maps that single elements are deleted from, which arrays cannot do.
struct DeletedMaps: TreeVisitor {

  /// The names with their `@`.
  private(set) var names: Set<String> = []

  /// Finds the maps in `actions`.
  init(in actions: [Program.Action]) {
    for action in actions { visit(action.body) }
  }

  /// Notes the map if `expression` is a call to `delete`.
  mutating func enter(_ expression: Expression) {
    guard case .call(let name, let arguments) = expression.kind, name.text == "delete",
      case .map(let map, _)? = arguments.first?.kind
    else { return }
    names.insert(map.text)
  }

}
