import Metrics
import Testing

@Test func `kinds are called as OpenMetrics calls them`() {
  #expect(MetricKind.counter.rawValue == "counter")
}
