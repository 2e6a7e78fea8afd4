import Metrics
import Testing

/// Which format a client gets.
@Suite struct NegotiationTests {

  @Test(arguments: [
    nil, "", "*/*", "text/plain", "text/*;q=0.1", "application/json", "garbage", ";;;,,,/,=q",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "application/openmetrics-text;q=0", "application/openmetrics-text;version=2.0.0",
    "application/openmetrics-text;version=1.0.0;q=0.3,text/plain;q=0.5",
    "application/openmetrics-text; q=2, */*", "application/openmetrics-text; q=0.1234, */*",
    "application/*", "application/openmetrics-text;version=0.0.1",
  ])
  func othersGetText(accept: String?) {
    #expect(ExpositionFormat(accepting: accept) == .prometheusText)
  }

  @Test(arguments: [
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
      + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
      + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
      + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
    "application/openmetrics-text",
    "APPLICATION/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=0.001, text/plain;q=0",
    "text/plain, application/openmetrics-text", "*/*;q=0.9, application/openmetrics-text;q=1.000",
    "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;q=0.1,text/plain;q=0.4",
  ])
  func whoNamesItGetsOpenMetrics(accept: String) {
    #expect(ExpositionFormat(accepting: accept) == .openMetrics)
  }

  @Test func typesOfContent() {
    #expect(
      ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    )
    #expect(ExpositionFormat.prometheusText.contentType == "text/plain; version=0.0.4; charset=utf-8")
  }

}
