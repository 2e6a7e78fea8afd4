import Diagnostics
import Syntax

extension Script {

  /// Reports the constructs of the language that this version lacks, each place once.
  func rejectUnsupportedConstructs(reportingTo diagnostics: inout DiagnosticSet) {
    for item in preamble {
      switch item {
      case .define: break
      case .directive(let name, let site):
        diagnostics.insert(.unsupported("the preprocessor directive '\(name.text)' is", at: site))
      case .definition(let site):
        diagnostics.insert(.unsupported("definitions of C types are", at: site))
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
    case .record: "records are"
    case .block: "block expressions are"
    case .unary(.addressOf, _): "addresses of variables are"
    case .call(let name, _) where name.text == "offsetof": "'offsetof' is"
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
