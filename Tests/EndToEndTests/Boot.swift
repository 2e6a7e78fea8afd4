import Foundation
import TestSupport

/// What came of the cases that were run in guests of one kernel, in as few boots as that takes.
struct Boot: Sendable {

  /// The directory with a directory of results for each case.
  private let results: URL

  /// The directory with the results of those that were run again.
  private let repeated: URL

  /// Why the cases were not run, nil if they were.
  private(set) var failure: String?

  /// The boot of 6.12.
  static let linux612 = boot(.guest612)

  /// The boot of 6.1.
  static let linux61 = boot(.guest61)

  /// The most cases that are run a second time. More than a few failures have a cause that stays.
  private static let mostRepeated = 5

  /// Boots the kernel of `place` on a thread of its own, so that tests of other things go on meanwhile.
  private static func boot(_ place: EndToEndCase.Place) -> Task<Boot, Never> {
    Task {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: Boot(place)) }
      }
    }
  }

  /// Boots the kernel of `place` and runs all its cases one after the other; then those few that failed once more.
  ///
  /// A guest is emulated beside whatever else the machine does: its clock and its processors stand still for seconds now and
  /// then. What fails for that reason passes in a fresh guest; what is wrong fails again.
  private init(_ place: EndToEndCase.Place) {
    // The results of the last run stay to be looked at until the next one.
    results = projectRoot.appendingPathComponent(".build/guest-results/\(place.rawValue)")
    repeated = results.appendingPathComponent("again")
    try? FileManager.default.removeItem(at: results)
    let cases = EndToEndCase.all(at: place)
    failure = Self.run(cases, at: place, into: results)
    guard failure == nil else { return }
    let failed = cases.filter { !result(of: $0).faults(against: $0).isEmpty }
    guard 1...Self.mostRepeated ~= failed.count else { return }
    for example in failed {
      print("\(example.name) is run again in \(place.rawValue), since:")
      for fault in result(of: example).faults(against: example) { print("  \(fault)") }
    }
    failure = Self.run(failed, at: place, into: repeated)
  }

  /// Returns what came of `example`: the last time that it was run counts.
  func result(of example: EndToEndCase) -> CaseResult {
    let again = repeated.appendingPathComponent(example.name)
    let isRepeated = FileManager.default.fileExists(atPath: again.path)
    return CaseResult(directory: isRepeated ? again : results.appendingPathComponent(example.name))
  }

  /// Runs `cases` in one boot of the kernel of `place`, leaves their results in `directory` and returns why that was not
  /// possible, nil if it was.
  private static func run(
    _ cases: [EndToEndCase], at place: EndToEndCase.Place, into directory: URL
  ) -> String? {
    let traffic = directory.appendingPathComponent("smbd").path
    var script =
      "#!/bin/bash\nexport ALONE=1 SMBD='\(traffic)' USER_SCRIPTS='\(EndToEndCase.userScripts ?? "")'\n"
    for example in cases {
      script += "'\(caseRunnerPath)' '\(executable)' '\(example.path)' '\(directory.path)/\(example.name)'\n"
    }
    let scriptPath = directory.appendingPathComponent("run-all").path
    let guest = projectRoot.appendingPathComponent("Tests/Guest/guest").path
    let limits = ["--timeout", "\(120 + 30 * cases.count)", "--writable", directory.path]
    let source = projectRoot.appendingPathComponent("Tests/Demo/traffic.c").path
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try TestSupport.run("/usr/bin/env", ["clang-19", "-O2", "-pthread", "-o", traffic, source])
      try script.write(toFile: scriptPath, atomically: true, encoding: .utf8)
      let arguments = [place.rawValue] + limits + ["--", "bash", scriptPath]
      var outcome = try TestSupport.run(guest, arguments)
      // 125: the kernel panicked, which emulation makes it do now and then when it patches its own code.
      if outcome.status == 125 { outcome = try TestSupport.run(guest, arguments) }
      guard outcome.status != 0 else { return nil }
      return "the guest ended with status \(outcome.status):\n\(outcome.output)\(outcome.errors)"
    } catch {
      return "\(error)"
    }
  }

}
