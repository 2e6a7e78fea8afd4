import Foundation
import TestSupport
import Testing

/// Whole runs on kernels that have kprobes.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SKIP_GUESTS"] != "1"))
struct GuestTests {

  @Test(arguments: EndToEndCase.all(at: .guest612))
  func linux612(example: EndToEndCase) async throws { try check(example, in: await Boot.linux612.value) }

  @Test(arguments: EndToEndCase.all(at: .guest61))
  func linux61(example: EndToEndCase) async throws { try check(example, in: await Boot.linux61.value) }

  /// The tests of modules that depend on what a kernel has and on what its verifier accepts, run in guests too.
  @Test(arguments: [EndToEndCase.Place.guest612, .guest61])
  func modules(place: EndToEndCase.Place) throws {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    let filter = "KprobeTests|LiveKernelTests|CodeGenTests"
    let outcome = try run(
      projectRoot.appendingPathComponent("Tests/Guest/guest").path,
      [place.rawValue, "--", tests, "--testing-library", "swift-testing", "--filter", filter])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains("Suite KprobeTests passed"), "\(outcome.errors)")
  }

  /// Compares what `example` did in a guest with what it should have done.
  private func check(_ example: EndToEndCase, in boot: Boot) throws {
    try #require(boot.failure == nil, "\(boot.failure ?? "")")
    CaseResult(directory: boot.results.appendingPathComponent(example.name)).check(against: example)
  }

}

/// One boot of a guest that has run all of its cases.
private struct Boot: Sendable {

  /// The directory with a directory of results for each case.
  let results: URL

  /// Why the cases were not run, nil if they were.
  let failure: String?

  /// The boot of 6.12.
  static let linux612 = boot(.guest612)

  /// The boot of 6.1.
  static let linux61 = boot(.guest61)

  /// Boots the kernel of `place` on a thread of its own, so that tests of other things go on meanwhile.
  private static func boot(_ place: EndToEndCase.Place) -> Task<Boot, Never> {
    Task {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: Boot(place)) }
      }
    }
  }

  /// Boots the kernel of `place` and runs all its cases one after the other.
  private init(_ place: EndToEndCase.Place) {
    // The results of the last run stay to be looked at until the next one.
    results = projectRoot.appendingPathComponent(".build/guest-results/\(place.rawValue)")
    try? FileManager.default.removeItem(at: results)
    try? FileManager.default.createDirectory(at: results, withIntermediateDirectories: true)
    let cases = EndToEndCase.all(at: place)
    let traffic = results.appendingPathComponent("smbd").path
    var script =
      "#!/bin/bash\nexport ALONE=1 SMBD='\(traffic)' USER_SCRIPTS='\(EndToEndCase.userScripts ?? "")'\n"
    for example in cases {
      script += "'\(caseRunnerPath)' '\(executable)' '\(example.path)' '\(results.path)/\(example.name)'\n"
    }
    let scriptPath = results.appendingPathComponent("run-all").path
    let guest = projectRoot.appendingPathComponent("Tests/Guest/guest").path
    let limits = ["--timeout", "\(120 + 30 * cases.count)", "--writable", results.path]
    do {
      let source = projectRoot.appendingPathComponent("Tests/Demo/traffic.c").path
      try run("/usr/bin/env", ["clang-19", "-O2", "-pthread", "-o", traffic, source])
      try script.write(toFile: scriptPath, atomically: true, encoding: .utf8)
      let arguments = [place.rawValue] + limits + ["--", "bash", scriptPath]
      var outcome = try run(guest, arguments)
      // 125: the kernel panicked, which emulation makes it do now and then when it patches its own code.
      if outcome.status == 125 { outcome = try run(guest, arguments) }
      failure =
        outcome.status == 0
        ? nil : "the guest ended with status \(outcome.status):\n\(outcome.output)\(outcome.errors)"
    } catch {
      failure = "\(error)"
    }
  }

}
