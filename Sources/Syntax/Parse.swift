public import Diagnostics

/// Returns the tree of `source`, reporting what is wrong with the text to `diagnostics`.
///
/// What is wrong is left out of the tree. `parameters` are those of the command line, which stand for `$1`, `$2` ….
public func parse(
  _ source: SourceFile, parameters: [String] = [], reportingTo diagnostics: inout DiagnosticSet
) -> Script {
  Script(source: source)
}
