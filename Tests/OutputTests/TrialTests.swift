import Output
import Testing

/// How tests and benchmarks are reported.
@Suite struct TrialTests {

  /// Returns what `sink` prints of `report`, whose results come one after the other.
  private func text(of report: TestReport, by sink: any OutputSink) -> String {
    var buffer = OutputBuffer()
    var growing = TestReport(names: report.names)
    for result in report.results {
      growing.results.append(result)
      sink.test(growing, to: &buffer)
    }
    return String(decoding: buffer.output, as: UTF8.self)
  }

  /// One test has no plural; what a failing one prints ends with its line.
  @Test func textOfTests() {
    var report = TestReport(names: ["one"])
    report.results = [.init(isPassed: false, duration: 12_345_678, output: Array("no end".utf8))]
    #expect(
      text(of: report, by: TextOutput()) == """
        [==========] Running 1 test.
        [ RUN      ] one
        no end
        [  FAILED  ] one (12 ms)
        [==========] 1 test ran.
        [  PASSED  ] 0 tests.
        [  FAILED  ] 1 test, listed below:
        [  FAILED  ] one

        """)
  }

  /// Names and texts are escaped.
  @Test func jsonOfTests() {
    var report = TestReport(names: ["a\"b"])
    report.results = [.init(isPassed: true, duration: 7, output: Array("x\n".utf8))]
    #expect(
      text(of: report, by: JSONOutput())
        == #"{"type": "test_result", "data": {"a\"b": {"duration": 7, "passed": true, "output": "x\n"}}}"#
        + "\n")
  }

  /// Long names make the table wider.
  @Test func benchmarks() {
    let long = String(repeating: "x", count: 45)
    var report = BenchmarkReport(names: ["short", long])
    var text = OutputBuffer()
    var json = OutputBuffer()
    for (average, count) in [(3, 1000), (1_234_567, 2)] as [(UInt64, UInt64)] {
      report.results.append(.init(average: average, runCount: count))
      TextOutput().benchmark(report, to: &text)
      JSONOutput().benchmark(report, to: &json)
    }
    let gap = String(repeating: " ", count: 41)
    #expect(
      String(decoding: text.output, as: UTF8.self) == """
        Benchmark\(String(repeating: " ", count: 37))Time(ns)       Iterations
        \(String(repeating: "-", count: 71))
        short\(gap)3              1000
        \(long) 1234567        2

        """)
    #expect(
      String(decoding: json.output, as: UTF8.self) == """
        {"type": "benchmark_result", "data": {"short": {"average": 3, "iters": 1000}}}
        {"type": "benchmark_result", "data": {"\(long)": {"average": 1234567, "iters": 2}}}

        """)
  }

}
