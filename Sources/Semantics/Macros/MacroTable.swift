import Builtins
import Diagnostics
import Syntax

/// The macros of a script by name, those that can be expanded.
struct MacroTable {

  /// The macros by name.
  private(set) var macros: [String: Macro] = [:]

  /// What is wrong with the macros.
  private(set) var diagnostics = DiagnosticSet()

  /// The macros that call themselves, directly or through others.
  private(set) var recursive: Set<String> = []

  /// Creates the table of `macros` and of those of the standard library, whose names `macros` may take.
  init(of macros: [Macro], library: [Macro] = []) {
    for macro in macros {
      if let first = self.macros[macro.name.text] {
        diagnostics.insert(.redefinedMacro(macro.name, first: first.name))
        continue
      }
      if macro.name.text.isBuiltin { diagnostics.insert(.macroNamedAsBuiltin(macro.name)) }
      checkParameters(of: macro)
      self.macros[macro.name.text] = macro
    }
    for macro in library where self.macros[macro.name.text] == nil { self.macros[macro.name.text] = macro }
    for macro in macros { findRecursion(from: [Call(name: macro.name.text, site: macro.name.site)]) }
  }

  /// A call of a macro in the body of another.
  private struct Call {

    /// The macro that is called.
    let name: String

    /// The place of the call.
    let site: SourceSpan

  }

  /// Reports parameters of `macro` that have one name.
  private mutating func checkParameters(of macro: Macro) {
    for (index, parameter) in macro.parameters.enumerated() {
      if let first = macro.parameters[..<index].first(where: { $0.text == parameter.text }) {
        diagnostics.insert(.repeatedParameter(parameter, of: macro.name, first: first))
      }
    }
  }

  /// The macros whose calls were followed.
  private var finished: Set<String> = []

  /// The number of calls that lead from one macro to the next which are followed; expansion allows no more.
  private static let pathLimit = 256

  /// Reports the macros that call themselves among those that the last macro of `path` leads to; each of `path` is called by
  /// the one in front of it.
  private mutating func findRecursion(from path: [Call]) {
    guard let last = path.last, let macro = macros[last.name], path.count < Self.pathLimit,
      !finished.contains(last.name)
    else { return }
    for call in calls(in: macro) where macros[call.name] != nil {
      if let start = path.firstIndex(where: { $0.name == call.name }) {
        report(cycle: path[(start + 1)...] + [call])
      } else {
        findRecursion(from: path + [call])
      }
    }
    finished.insert(last.name)
  }

  /// Reports the macros that call one another in a circle, unless that was reported of one of them.
  private mutating func report(cycle: ArraySlice<Call>) {
    guard let name = cycle.last?.name, let macro = macros[name] else { return }
    let isNew = cycle.allSatisfy { !recursive.contains($0.name) }
    recursive.formUnion(cycle.map(\.name))
    if isNew { diagnostics.insert(.recursiveMacro(macro.name, cycle: cycle.map { ($0.name, $0.site) })) }
  }

  /// Returns what is called in the body of `macro`, in the order of the text.
  private func calls(in macro: Macro) -> [Call] {
    var result: [Call] = []
    macro.forEachExpression { expression in
      switch expression.kind {
      case .call(let name, _): result.append(Call(name: name.text, site: expression.site))
      case .identifier(let name) where !macro.parameters.contains { $0.text == name }:
        result.append(Call(name: name, site: expression.site))
      default: break
      }
    }
    return result
  }

}

extension String {

  /// `true` iff the language has a builtin of this name, `getopt` included, which is replaced by what it stands for.
  var isBuiltin: Bool {
    BuiltinTable.builtin(named: self) != nil || UnsupportedNames.contains(self) || self == "getopt"
  }

}
