import Diagnostics
import StandardScripts
import Syntax

extension Script {

  /// Returns the script with the bodies of macros, its own and those of the standard library, in place of their calls.
  func expandingMacros(reportingTo diagnostics: inout DiagnosticSet) -> Script {
    let library = standardMacros
    if macros.isEmpty && library.isEmpty { return self }
    let table = MacroTable(of: macros, library: library)
    diagnostics.formUnion(table.diagnostics)
    var expansion = MacroExpansion(of: table, nodeCount: nodeCount)
    let result = expansion.expanded(self)
    diagnostics.formUnion(expansion.diagnostics)
    return result
  }

  /// The macros of the standard library that the script uses, and those in the same files.
  ///
  /// Only files that define a macro that is used are read.
  private var standardMacros: [Macro] {
    let own = Set(macros.map(\.name.text))
    let names = Set(StandardScript.macroNames).subtracting(own)
    var wanted: Set<String> = []
    for action in actions { action.forEachExpression { $0.noteName(among: names, in: &wanted) } }
    for macro in macros { macro.forEachExpression { $0.noteName(among: names, in: &wanted) } }
    var read: Set<String> = []
    var result: [Macro] = []
    while let name = wanted.popFirst() {
      guard let script = StandardScript.defining(name), read.insert(script.name).inserted else { continue }
      let found = script.parsedMacros
      result += found
      for macro in found { macro.forEachExpression { $0.noteName(among: names, in: &wanted) } }
    }
    return result
  }

}

extension StandardScript {

  /// The macros that the script defines.
  fileprivate var parsedMacros: [Macro] {
    let source = text.withUTF8Buffer { SourceFile(name: name, text: Array($0)) }
    var diagnostics = DiagnosticSet()
    let script = parse(source, for: .part, reportingTo: &diagnostics)
    precondition(!diagnostics.containsError, "the standard library has a mistake")
    return script.macros
  }

}

extension Expression {

  /// Enters the name that the expression is or calls into `wanted` if it is one of `names`.
  fileprivate func noteName(among names: Set<String>, in wanted: inout Set<String>) {
    switch kind {
    case .call(let name, _) where names.contains(name.text): wanted.insert(name.text)
    case .identifier(let name) where names.contains(name): wanted.insert(name)
    default: break
    }
  }

}
