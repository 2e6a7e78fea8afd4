extension JSONOutput {

  /// Prints the last result of `report`.
  public func test(_ report: TestReport, to buffer: inout OutputBuffer) {
    guard let result = report.results.last else { return }
    let name = report.names[report.results.count - 1]
    object("test_result", to: &buffer.output) {
      $0.append(text: "{")
      $0.append(jsonString: Array(name.utf8))
      $0.append(text: ": {\"duration\": \(result.duration), \"passed\": \(result.isPassed), \"output\": ")
      $0.append(jsonString: result.output)
      $0.append(text: "}}")
    }
  }

  /// Prints the last result of `report`.
  public func benchmark(_ report: BenchmarkReport, to buffer: inout OutputBuffer) {
    guard let result = report.results.last else { return }
    let name = report.names[report.results.count - 1]
    object("benchmark_result", to: &buffer.output) {
      $0.append(text: "{")
      $0.append(jsonString: Array(name.utf8))
      $0.append(text: ": {\"average\": \(result.average), \"iters\": \(result.runCount)}}")
    }
  }

}
