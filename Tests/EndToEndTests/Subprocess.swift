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

/// Runs the program at `path` to its end and returns its exit status and everything that it wrote.
///
/// Its output goes through a file, so that whatever outlives it keeps nobody waiting.
@discardableResult
func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
  let directory = makeResultDirectory()
  defer { try? FileManager.default.removeItem(at: directory) }
  let output = directory.appendingPathComponent("output").path
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
  posix_spawn_file_actions_adddup2(&actions, 1, 2)
  // The threads that tests run in block every signal, and a process would begin like that.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  let words = ([path] + arguments).map { strdup($0) }
  defer { words.forEach { free($0) } }
  var pid: pid_t = 0
  let failure = posix_spawn(&pid, path, &actions, &attributes, words + [nil], environ)
  guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EIO) }
  var status: Int32 = 0
  while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
  let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  let data = FileManager.default.contents(atPath: output) ?? Data()
  return (code, String(decoding: data, as: UTF8.self))
}
