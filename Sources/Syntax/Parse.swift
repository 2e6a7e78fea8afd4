public import Diagnostics

/// Returns the tree of `source`, reporting what is wrong with the text to `diagnostics`.
///
/// What is wrong is left out of the tree. `parameters` are those of the command line, which stand for `$1`, `$2` ….
public func parse(
  _ source: SourceFile, parameters: [String] = [], reportingTo diagnostics: inout DiagnosticSet
) -> Script {
  var parser = Parser(source, parameters: parameters)
  let script = parser.parseScript()
  diagnostics.formUnion(parser.lexer.diagnostics)
  return script
}
