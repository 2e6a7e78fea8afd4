import Builtins
import Diagnostics
import Syntax

extension Script {

  /// Reports the names in action blocks that stand for nothing, each place once.
  ///
  /// Inference does so too, but it needs to know where the blocks run. This tells a user whose probes are not found what else
  /// is wrong.
  func rejectUnknownNames(knowing types: ScriptTypes, reportingTo diagnostics: inout DiagnosticSet) {
    for action in actions {
      // Names of members are no names of values.
      var members: Set<NodeID> = []
      action.forEachExpression { expression in
        guard case .call(let name, let arguments) = expression.kind,
          ["offsetof", "container_of", "sizeof"].contains(name.text)
        else { return }
        // Nor are names of types, of which the parser knows the usual ones only.
        for argument in arguments { argument.forEachExpression { members.insert($0.id) } }
      }
      action.forEachExpression { expression in
        switch expression.kind {
        case .identifier("args"): break
        case .identifier(let name)
        where name.isUnknown && !members.contains(expression.id) && types.constant(named: name) == nil:
          diagnostics.insert(
            .unknownName(Name(name, at: expression.site), orOneOf: macros).explained(by: types))
        case .call(let name, _) where name.text.isUnknown && types.function(named: name.text) == nil:
          diagnostics.insert(.unknownFunction(name, orOneOf: macros))
        default: break
        }
      }
    }
  }

}

extension String {

  /// `true` iff the name means nothing in the language.
  fileprivate var isUnknown: Bool { !isBuiltin && !BuiltinTable.words.contains(self) }

}
