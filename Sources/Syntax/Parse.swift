public import Diagnostics

/// What a script is parsed for.
public enum ParseGoal: Hashable, Sendable {

  /// To be run: there must be probes, and the parameters in them must be given.
  case program

  /// To be run as a part of the script that imports it, which needs no probes of its own.
  case part

  /// To be shown: what only matters to who runs it is not looked at.
  case text

}

/// Returns the tree of `source`, reporting what is wrong with the text to `diagnostics`.
///
/// What is wrong is left out of the tree. `parameters` are those of the command line, which stand for `$1`, `$2` …, and `facts`
/// what conditions can ask about the machine.
public func parse(
  _ source: SourceFile, parameters: [String] = [], for goal: ParseGoal = .program,
  knowing facts: (any PreprocessorFacts)? = nil, reportingTo diagnostics: inout DiagnosticSet
) -> Script {
  var parser = Parser(source, parameters: parameters, goal: goal, facts: facts)
  let script = parser.parseScript()
  diagnostics.formUnion(parser.lexer.diagnostics)
  return script
}
