import Foundation
import TestSupport
import Testing

/// The program that runs a case.
let caseRunnerPath = projectRoot.appendingPathComponent("Tests/EndToEndTests/run-case").path

/// Whole runs on the machine's own kernel.
@Suite struct NativeTests {

  @Test func casesAreFound() { #expect(EndToEndCase.all(at: .native).count > 20) }

  @Test(arguments: EndToEndCase.all(at: .native))
  func native(example: EndToEndCase) throws {
    let directory = makeResultDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    try run(caseRunnerPath, [executable, example.path, directory.path])
    CaseResult(directory: directory).check(against: example)
  }

}
