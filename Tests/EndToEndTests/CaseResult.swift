import Foundation
import Testing

/// What `run-case` saw of a case.
struct CaseResult {

  /// The directory with its files.
  let directory: URL

  /// Returns the content of the file called `name`, empty if there is none.
  private func content(_ name: String) -> String {
    let data = try? Data(contentsOf: directory.appendingPathComponent(name))
    return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Reports whatever is not as `example` says.
  func check(against example: EndToEndCase) {
    for fault in faults(against: example) { Issue.record("\(fault)\(report)") }
  }

  /// What the process printed and how it ended, for messages.
  private var report: String {
    """

    --- standard output
    \(content("stdout"))
    --- standard error
    \(content("stderr"))
    --- status \(status); workload: \(content("workload")) \(content("before")) \(content("check"))
    """
  }

  /// The exit status, or what kept the case from having one.
  private var status: String { content("status").trimmingCharacters(in: .newlines) }

  /// Returns a sentence for each thing that is not as `example` says.
  func faults(against example: EndToEndCase) -> [String] {
    var faults: [String] = []
    if !example.faults.isEmpty { faults.append("these directives make no sense: \(example.faults)") }
    if status != example.status { faults.append("exit status \(status) in place of \(example.status)") }
    if !matches(lines(of: content("stdout")), example.output[...]) {
      faults.append("standard output is not \(example.output)")
    }
    if let fault = faultOfErrors(against: example) { faults.append(fault) }
    let remains = content("remains")
    if !remains.isEmpty { faults.append("maps are left behind: \(remains)") }
    let failure = content("check-failed")
    if !failure.isEmpty { faults.append(failure) }
    if FileManager.default.fileExists(atPath: directory.appendingPathComponent("no-remains").path) {
      faults.append("the map of 'remains' was not there during the run either")
    }
    return faults
  }

  /// Returns what is wrong with standard error, nil if nothing is.
  private func faultOfErrors(against example: EndToEndCase) -> String? {
    let errors = content("stderr")
    if let expected = example.errors {
      return matches(lines(of: errors), expected[...]) ? nil : "standard error is not \(expected)"
    }
    // What apus says about itself when a script is fine.
    let attached = LinePattern.matching("Attached [0-9]+ probes?")
    // A busy machine comes late to a timer now and then, or to a tracepoint while another case's program runs, and apus says so.
    let busy = [
      LinePattern.matching("(interval|profile):.* missed [0-9]+ .*"),
      LinePattern.matching("tracepoint:.* missed [0-9]+ .*: a program was running on that CPU already"),
    ]
    let said = lines(of: errors).filter { line in !busy.contains { $0.accepts(line) } }
    guard !errors.isEmpty && !matches(said[...], [attached]) else { return nil }
    return "standard error says more than what was attached"
  }

}
