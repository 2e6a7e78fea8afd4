import Diagnostics

// Faults about texts, in alphabetical order.
extension Diagnostic {

  /// `+` between texts.
  static func textsAdded(at site: SourceSpan) -> Diagnostic {
    .error("'+' does not put strings together", at: site, hint: "write 'str_concat(a, b)'")
  }

}
