import Diagnostics
import Syntax

/// Messages about macros, sorted by name.
extension Diagnostic {

  /// A macro with the name of a builtin.
  static func macroNamedAsBuiltin(_ name: Name) -> Diagnostic {
    .error("'\(name.text)' is a builtin, so that no macro can have this name", at: name.site)
  }

  /// A value asked of a macro whose body does not end with an expression.
  static func macroWithoutValue(_ call: Name, _ definition: Name) -> Diagnostic {
    .error(
      "the macro '\(call.text)' has no value", at: call.site,
      notes: [Note("it is defined here", at: definition.site)],
      hint: "the value is the expression without ';' at the end of the body, or what 'return' gives there")
  }

  /// A map in the body of a macro that is no parameter of it.
  static func mapInMacro(_ map: Name, _ macro: Name) -> Diagnostic {
    .error(
      "'\(map.text)' is no parameter of the macro '\(macro.text)', which sees no other maps", at: map.site,
      notes: [Note("the macro is defined here", at: macro.site)],
      hint: "add a parameter '\(map.text)' and pass the map")
  }

  /// A variable in the body of a macro with the name of a parameter.
  static func parameterRedeclared(_ variable: Name, first parameter: Name) -> Diagnostic {
    .error(
      "'\(variable.text)' is a parameter of the macro and cannot be declared again", at: variable.site,
      notes: [Note("the parameter stands here", at: parameter.site)])
  }

  /// Macros that call one another in a circle; each of `cycle` is called by the one in front of it, the first by the last.
  static func recursiveMacro(_ macro: Name, cycle: [(name: String, call: SourceSpan)]) -> Diagnostic {
    let message =
      cycle.count == 1
      ? "the macro '\(macro.text)' calls itself"
      : "the macro '\(macro.text)' calls itself through "
        + cycle.dropLast().map { "'\($0.name)'" }.joined(separator: ", ")
    return .error(
      message, at: macro.site, notes: cycle.map { Note("'\($0.name)' is called here", at: $0.call) },
      hint: "a macro is put in place of its calls, which would never end; use a loop")
  }

  /// Two macros of one name.
  static func redefinedMacro(_ name: Name, first: Name) -> Diagnostic {
    .error(
      "the macro '\(name.text)' is defined twice", at: name.site,
      notes: [Note("it is defined first here", at: first.site)])
  }

  /// Two parameters of one name.
  static func repeatedParameter(_ parameter: Name, of macro: Name, first: Name) -> Diagnostic {
    .error(
      "the macro '\(macro.text)' has two parameters '\(parameter.text)'", at: parameter.site,
      notes: [Note("the first stands here", at: first.site)])
  }

  /// Calls of macros that make too much of the script.
  static func tooMuchExpanded(_ site: SourceSpan) -> Diagnostic {
    .error("the script is too large when its macros are expanded", at: site)
  }

  /// An argument of another kind than the parameter.
  static func wrongMacroArgument(_ parameter: Name, of macro: Name, at site: SourceSpan) -> Diagnostic {
    let isMap = parameter.text.hasPrefix("@")
    return .error(
      "the macro '\(macro.text)' takes \(isMap ? "a map without a key" : "a variable") for '\(parameter.text)'",
      at: site, notes: [Note("the parameter stands here", at: parameter.site)],
      hint: isMap
        ? nil
        : "store the value in a '$variable' first, or let the parameter be a plain name, which takes any value"
    )
  }

  /// A call of a macro with another number of arguments than any of its name, `macros`, takes.
  static func wrongMacroArgumentCount(
    _ call: Name, _ count: Int, _ macros: [Macro], at site: SourceSpan
  ) -> Diagnostic {
    let counts = macros.map(\.parameters.count).sorted().map { $0 == 0 ? "no" : String($0) }
    let wanted =
      counts.dropLast().joined(separator: ", ") + (counts.count > 1 ? " or " : "") + (counts.last ?? "")
    let takes = "\(wanted) argument\(counts.last == "1" ? "" : "s")"
    let given = count == 0 ? "none is given" : count == 1 ? "1 is given" : "\(count) are given"
    return .error(
      "the macro '\(call.text)' takes \(takes), but \(given)", at: site,
      notes: macros.map { Note("it is defined here", at: $0.name.site) })
  }

}
