/// The kinds of metrics, by the names that OpenMetrics gives them.
public enum MetricKind: String, Hashable, Sendable {

  /// A number that only grows.
  case counter

  /// A number that goes up and down.
  case gauge

  /// The numbers of values up to each of some bounds.
  case histogram

  /// The number and the sum of values.
  case summary

  /// Text, as the label of a number that is 1.
  case info

  /// What is appended to the family's name in the names of samples, or may be by others who show such metrics: no other family
  /// can have such a name.
  var suffixes: [String] {
    switch self {
    case .counter: ["_total", "_created"]
    case .gauge: []
    case .histogram: ["_bucket", "_count", "_sum", "_created"]
    case .summary: ["_count", "_sum", "_created"]
    case .info: ["_info"]
    }
  }

  /// The label that samples of the kind have for something else, nil if there is none.
  var reservedLabel: String? {
    switch self {
    case .histogram: "le"
    case .summary: "quantile"
    case .counter, .gauge, .info: nil
    }
  }

}
