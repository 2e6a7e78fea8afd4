import Builtins
import Diagnostics
import Syntax

extension Script {

  /// Reports the names in action blocks that stand for nothing, each place once.
  ///
  /// Inference does so too, but it needs to know where the blocks run. This tells a user whose probes are not found what else
  /// is wrong.
  func rejectUnknownNames(reportingTo diagnostics: inout DiagnosticSet) {
    for action in actions {
      action.forEachExpression { expression in
        switch expression.kind {
        case .identifier(let name) where name.isUnknown:
          diagnostics.insert(.unknownName(Name(name, at: expression.site)))
        case .call(let name, _) where name.text.isUnknown:
          diagnostics.insert(.unknownFunction(name))
        default: break
        }
      }
    }
  }

}

extension String {

  /// `true` iff the language has no builtin of this name.
  fileprivate var isUnknown: Bool {
    BuiltinTable.builtin(named: self) == nil && !BuiltinTable.words.contains(self)
      && !UnsupportedNames.contains(self)
  }

}
