extension TextOutput {

  /// Prints the last result of `report`, what a test printed if it failed, and after the last test how many passed.
  public func test(_ report: TestReport, to buffer: inout OutputBuffer) {
    guard let result = report.results.last else { return }
    let name = report.names[report.results.count - 1]
    if report.results.count == 1 {
      buffer.output.append(text: "[==========] Running \(tests(report.names.count)).\n")
    }
    buffer.output.append(text: "[ RUN      ] \(name)\n")
    if !result.isPassed {
      buffer.output.append(contentsOf: result.output)
      if let last = result.output.last, last != UInt8(ascii: "\n") {
        buffer.output.append(UInt8(ascii: "\n"))
      }
    }
    let verdict = result.isPassed ? "[       OK ]" : "[  FAILED  ]"
    buffer.output.append(text: "\(verdict) \(name) (\(duration(result.duration)))\n")
    if report.results.count < report.names.count { return }
    let failures = report.failures
    buffer.output.append(text: "[==========] \(tests(report.names.count)) ran.\n")
    buffer.output.append(text: "[  PASSED  ] \(tests(report.names.count - failures.count)).\n")
    if failures.isEmpty { return }
    buffer.output.append(text: "[  FAILED  ] \(tests(failures.count)), listed below:\n")
    for name in failures { buffer.output.append(text: "[  FAILED  ] \(name)\n") }
  }

  /// Prints the last result of `report`, a line of a table.
  public func benchmark(_ report: BenchmarkReport, to buffer: inout OutputBuffer) {
    guard let result = report.results.last else { return }
    let width = report.names.reduce(40) { max($0, $1.count) } + 1
    if report.results.count == 1 {
      let head = padded("Benchmark", to: width) + padded("Time(ns)", to: 15) + "Iterations"
      buffer.output.append(text: "\(head)\n\(String(repeating: "-", count: head.count))\n")
    }
    let name = padded(report.names[report.results.count - 1], to: width)
    buffer.output.append(text: "\(name)\(padded("\(result.average)", to: 15))\(result.runCount)\n")
  }

  /// Returns `text` with spaces behind it up to `width` characters.
  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Returns `count` tests in words.
  private func tests(_ count: Int) -> String { "\(count) test\(count == 1 ? "" : "s")" }

  /// Returns `nanoseconds` in a unit of which there are not too many.
  private func duration(_ nanoseconds: UInt64) -> String {
    switch nanoseconds {
    case 0..<10_000: "\(nanoseconds) ns"
    case 10_000..<10_000_000: "\(nanoseconds / 1000) us"
    case 10_000_000..<10_000_000_000: "\(nanoseconds / 1_000_000) ms"
    default: "\(nanoseconds / 1_000_000_000) s"
    }
  }

}
