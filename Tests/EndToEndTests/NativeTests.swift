import Foundation
import TestSupport
import Testing

/// The program that runs a case.
let caseRunnerPath = projectRoot.appendingPathComponent("Tests/EndToEndTests/run-case").path

/// Whole runs on the machine's own kernel.
@Suite struct NativeTests {

  @Test func casesAreFound() { #expect(EndToEndCase.all.count > 20) }

  @Test(arguments: EndToEndCase.all(at: .native))
  func native(example: EndToEndCase) throws {
    let directory = makeResultDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    var result = try self.result(of: example, in: directory.appendingPathComponent("first"))
    let faults = result.faults(against: example)
    if !faults.isEmpty {
      // Many tests run at the same time, and what one does can be seen by another one, or keep it from its time.
      print("\(example.name) is run again, since:\n  \(faults.joined(separator: "\n  "))")
      result = try self.result(of: example, in: directory.appendingPathComponent("again"))
    }
    result.check(against: example)
  }

  /// Runs `example`, leaves what happened in `directory` and returns it.
  private func result(of example: EndToEndCase, in directory: URL) throws -> CaseResult {
    try run(caseRunnerPath, [executable, example.path, directory.path])
    return CaseResult(directory: directory)
  }

}
