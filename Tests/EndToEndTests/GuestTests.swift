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
    boot.result(of: example).check(against: example)
  }

}
