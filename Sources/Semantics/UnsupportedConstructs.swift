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
  }

}
