import Diagnostics
import Syntax

extension Script {

  /// Returns the script with the bodies of macros in place of their calls.
  func expandingMacros(reportingTo diagnostics: inout DiagnosticSet) -> Script {
    if macros.isEmpty { return self }
    let table = MacroTable(of: macros)
    diagnostics.formUnion(table.diagnostics)
    var expansion = MacroExpansion(of: table, nodeCount: nodeCount)
    let result = expansion.expanded(self)
    diagnostics.formUnion(expansion.diagnostics)
    return result
  }

}
