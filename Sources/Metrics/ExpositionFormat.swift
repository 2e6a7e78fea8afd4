/// The ways in which metrics are written.
public enum ExpositionFormat: Hashable, Sendable, CaseIterable {

  /// OpenMetrics 1.0.0.
  case openMetrics

  /// The text format 0.0.4 of Prometheus, which is older and which everyone reads.
  case prometheusText

  /// The value of `Content-Type`.
  public var contentType: String {
    switch self {
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    case .prometheusText: "text/plain; version=0.0.4; charset=utf-8"
    }
  }

  /// The type and the version as requests have them.
  var mediaType: (type: String, subtype: String, version: String) {
    switch self {
    case .openMetrics: ("application", "openmetrics-text", "1.0.0")
    case .prometheusText: ("text", "plain", "0.0.4")
    }
  }

}
