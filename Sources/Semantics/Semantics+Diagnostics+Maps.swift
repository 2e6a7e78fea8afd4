import Diagnostics
import Syntax
import Types

/// Faults in the use of maps.
extension Diagnostic {

  /// A map that is declared to have a value for each CPU holds one that is not gathered.
  static func plainValuePerCPU(_ map: Name, _ kind: Name, at site: SourceSpan) -> Diagnostic {
    .error(
      "'\(map.text)' is declared as '\(kind.text)', which only gathers numbers ('count()', 'sum(n)' …)",
      at: site,
      notes: [Note("it is declared here", at: kind.site)],
      hint: "declare it as '\(kind.text.dropFirst("percpu".count))'")
  }

  /// A map that is declared to have one value for all CPUs gathers numbers.
  static func sharedAggregation(
    _ map: Name, _ aggregation: Aggregation, _ kind: Name, at site: SourceSpan
  ) -> Diagnostic {
    .error(
      "'\(map.text)' is declared as '\(kind.text)', but '\(aggregation.name)' gathers on each CPU", at: site,
      notes: [Note("it is declared here", at: kind.site)], hint: "declare it as 'percpu\(kind.text)'")
  }

  /// A map that is declared and that nothing uses.
  static func unusedMap(_ map: Name) -> Diagnostic {
    .warning("the map '\(map.text)' is never used", at: map.site)
  }

}
