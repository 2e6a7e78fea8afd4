import Diagnostics
import Syntax

extension Script {

  /// Reports the constructs of the language that this version lacks, each place once.
  func rejectUnsupportedConstructs(reportingTo diagnostics: inout DiagnosticSet) {
    for item in preamble {
      switch item {
      case .define, .definition: break
      case .directive(let name, let site):
        diagnostics.insert(.unsupported("the preprocessor directive '\(name.text)' is", at: site))
      }
    }
    for action in actions {
      action.forEachExpression { expression in
        if let what = expression.unsupported {
          diagnostics.insert(.unsupported(what, at: expression.site))
        }
      }
      action.body.forEachStatement { statement in
        if let what = statement.unsupported { diagnostics.insert(.unsupported(what, at: statement.site)) }
      }
    }
  }

}

extension Expression {

  /// What this version lacks to compile the expression, with its verb.
  fileprivate var unsupported: String? {
    switch kind {
    case .block: "block expressions are"
    default: nil
    }
  }

}

extension Statement {

  /// What this version lacks to compile the statement, with its verb.
  fileprivate var unsupported: String? {
    switch kind {
    case .whileLoop: "'while' loops are"
    case .forEach, .forRange: "'for' loops are"
    case .breakLoop: "'break' is"
    case .continueLoop: "'continue' is"
    case .returnFromProbe(.some): "returning a value is"
    default: nil
    }
  }

}
