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
    let (output, errors) = (content("stdout"), content("stderr"))
    let status = content("status").trimmingCharacters(in: .newlines)
    let report = """

      --- standard output
      \(output)
      --- standard error
      \(errors)
      --- status \(status); workload: \(content("workload")) \(content("before")) \(content("check"))
      """
    #expect(example.faults.isEmpty, "these directives make no sense: \(example.faults)")
    #expect(status == example.status, "exit status \(status) in place of \(example.status)\(report)")
    if !matches(lines(of: output), example.output[...]) {
      Issue.record("standard output is not \(example.output)\(report)")
    }
    // What apus says about itself when a script is fine.
    let attached = LinePattern.matching("Attached [0-9]+ probes?")
    // A busy machine comes late to a timer now and then, and apus says so.
    let late = LinePattern.matching("(interval|profile):.* missed [0-9]+ runs?")
    let said = lines(of: errors).filter { !late.accepts($0) }
    if let expected = example.errors {
      if !matches(lines(of: errors), expected[...]) {
        Issue.record("standard error is not \(expected)\(report)")
      }
    } else if !errors.isEmpty && !matches(said[...], [attached]) {
      Issue.record("standard error says more than what was attached\(report)")
    }
    #expect(content("remains").isEmpty, "maps are left behind: \(content("remains"))\(report)")
    #expect(content("check-failed").isEmpty, "\(content("check-failed"))\(report)")
    let hasNoMap = FileManager.default.fileExists(atPath: directory.appendingPathComponent("no-remains").path)
    #expect(!hasNoMap, "the map of 'remains' was not there during the run either\(report)")
  }

}
