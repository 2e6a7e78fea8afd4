import Builtins
import Diagnostics
import Syntax

/// The macros of a script by name, those that can be expanded.
struct MacroTable {

  /// What tells a macro from others: several of one name differ in the number of their parameters.
  struct Key: Hashable {

    /// The name.
    let name: String

    /// The number of parameters.
    let count: Int

    /// Creates an instance with the given properties.
    init(_ name: String, _ count: Int) {
      self.name = name
      self.count = count
    }

  }

  /// The macros by name, in the order of their definitions.
  private(set) var macros: [String: [Macro]] = [:]

  /// What is wrong with the macros.
  private(set) var diagnostics = DiagnosticSet()

  /// The macros that call themselves, directly or through others.
  private(set) var recursive: Set<Key> = []

  /// Creates the table of `macros` and of those of the standard library, whose names `macros` may take.
  init(of macros: [Macro], library: [Macro] = []) {
    for macro in macros {
      if let first = self.macro(macro.key) {
        diagnostics.insert(.redefinedMacro(macro.name, first: first.name))
        continue
      }
      if macro.name.text.isBuiltin { diagnostics.insert(.macroNamedAsBuiltin(macro.name)) }
      checkParameters(of: macro)
      self.macros[macro.name.text, default: []].append(macro)
    }
    let own = Set(self.macros.keys)
    for macro in library where !own.contains(macro.name.text) {
      self.macros[macro.name.text, default: []].append(macro)
    }
    for macro in macros { findRecursion(from: [Call(key: macro.key, site: macro.name.site)]) }
  }

  /// Returns the macro that `key` stands for, nil if there is none.
  func macro(_ key: Key) -> Macro? { macros[key.name]?.first { $0.parameters.count == key.count } }

  /// A call of a macro in the body of another.
  private struct Call {

    /// The macro that is called.
    let key: Key

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
  private var finished: Set<Key> = []

  /// The number of calls that lead from one macro to the next which are followed; expansion allows no more.
  private static let pathLimit = 256

  /// Reports the macros that call themselves among those that the last macro of `path` leads to; each of `path` is called by
  /// the one in front of it.
  private mutating func findRecursion(from path: [Call]) {
    guard let last = path.last, let macro = macro(last.key), path.count < Self.pathLimit,
      !finished.contains(last.key)
    else { return }
    for call in calls(in: macro) where self.macro(call.key) != nil {
      if let start = path.firstIndex(where: { $0.key == call.key }) {
        report(cycle: path[(start + 1)...] + [call])
      } else {
        findRecursion(from: path + [call])
      }
    }
    finished.insert(last.key)
  }

  /// Reports the macros that call one another in a circle, unless that was reported of one of them.
  private mutating func report(cycle: ArraySlice<Call>) {
    guard let key = cycle.last?.key, let macro = macro(key) else { return }
    let isNew = cycle.allSatisfy { !recursive.contains($0.key) }
    recursive.formUnion(cycle.map(\.key))
    if isNew { diagnostics.insert(.recursiveMacro(macro.name, cycle: cycle.map { ($0.key.name, $0.site) })) }
  }

  /// Returns what is called in the body of `macro`, in the order of the text.
  private func calls(in macro: Macro) -> [Call] {
    var result: [Call] = []
    macro.forEachExpression { expression in
      switch expression.kind {
      case .call(let name, let arguments):
        result.append(Call(key: Key(name.text, arguments.count), site: expression.site))
      case .identifier(let name) where !macro.parameters.contains { $0.text == name }:
        result.append(Call(key: Key(name, 0), site: expression.site))
      default: break
      }
    }
    return result
  }

}

extension Macro {

  /// What tells the macro from others.
  var key: MacroTable.Key { MacroTable.Key(name.text, parameters.count) }

}

extension String {

  /// `true` iff the language has a builtin of this name, `getopt` included, which is replaced by what it stands for.
  var isBuiltin: Bool {
    BuiltinTable.builtin(named: self) != nil || self == "getopt"
  }

}
