import Diagnostics
import Syntax

// One function for each fault of probes on counted events, in alphabetical order.
extension ProbeFault {

  /// A number of events that is none, or too large.
  static func invalidCount(_ part: Name, of provider: String) -> ProbeFault {
    ProbeFault(
      .error(
        "invalid count '\(part.text)' of a probe of type '\(provider)'", at: part.site,
        hint: "write how many events make the probe fire, such as '1000' or '1e6'"))
  }

  /// An event that nothing counts.
  static func unknownCounter(_ part: Name, of provider: String, among events: [CounterEvent]) -> ProbeFault {
    let near = suggestion(for: part.text, among: events.flatMap(\.names), limit: 3)
    return ProbeFault(
      .error(
        "unknown \(provider) event '\(part.text)'\(near)", at: part.site,
        hint: "\"apus -l '\(provider):*'\" lists them"))
  }

}
