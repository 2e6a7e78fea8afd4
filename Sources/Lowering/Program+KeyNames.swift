import Semantics
import Syntax

extension Program {

  /// The names of the parts of the keys of maps with several: what the first element that the script names says of each, the
  /// name of a builtin, a variable, an argument or a member; `key0`, `key1` … where it says nothing.
  var keyNames: [String: [String]] {
    let wanted = Set(maps.filter { $0.key.count > 1 }.map(\.name))
    if wanted.isEmpty { return [:] }
    var result: [String: [String?]] = [:]
    for action in actions {
      let note: (Expression) -> Void = { expression in
        guard case .map(let map, let key) = expression.kind, wanted.contains(map.text), !key.isEmpty else {
          return
        }
        let parts: [Expression]
        if key.count == 1, case .tuple(let elements) = key[0].kind { parts = elements } else { parts = key }
        let names = parts.map(\.nameOfPart)
        let old = result[map.text] ?? []
        // A later element may know what the first one does not.
        result[map.text] = names.indices.map { index in
          old.indices.contains(index) ? old[index] ?? names[index] : names[index]
        }
      }
      action.predicate?.forEachExpression(note)
      action.body.forEachExpression(note)
    }
    return result.mapValues { distinct($0) }
  }

}

/// Returns `names` with `key0`, `key1` … in place of those that are not known or not the only ones.
private func distinct(_ names: [String?]) -> [String] {
  names.enumerated().map { index, name in
    guard let name, names.count(where: { $0 == name }) == 1 else { return "key\(index)" }
    return name
  }
}

extension Expression {

  /// What the expression says that it is as a part of a key, nil if it says nothing.
  fileprivate var nameOfPart: String? {
    switch kind {
    case .identifier(let name): name
    case .scratch(let name): String(name.dropFirst())
    case .member(_, let name): name.text
    case .cast(_, let inner), .unary(_, let inner), .index(let inner, _): inner.nameOfPart
    case .map(let name, _): name.text == "@" ? nil : String(name.text.dropFirst())
    case .call(let name, let arguments):
      // What a function is given says more than what it does to that.
      arguments.lazy.compactMap(\.nameOfPart).last ?? name.text
    default: nil
    }
  }

}
