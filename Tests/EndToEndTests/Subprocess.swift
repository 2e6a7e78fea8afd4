import Foundation

/// The root of the project.
let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The executable under test: `APUS` in the environment, else the one that was built along with the tests.
let executable: String =
  ProcessInfo.processInfo.environment["APUS"]
  ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  .appendingPathComponent("apus").path

/// The program that runs a case.
let caseRunner = projectRoot.appendingPathComponent("Tests/EndToEndTests/run-case").path

/// Returns the path of a new directory for results.
func makeResultDirectory() -> URL {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("apus-results-\(UUID().uuidString)")
  // What cannot be written there is missed by every case.
  try? FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  return directory
}

/// Runs a program to its end and returns its exit status and what it wrote to standard error.
@discardableResult
func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, errors: String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  process.standardInput = FileHandle.nullDevice
  let errors = Pipe()
  process.standardError = errors
  process.standardOutput = errors
  try process.run()
  let data = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}
