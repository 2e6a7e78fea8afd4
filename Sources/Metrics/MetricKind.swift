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

}
