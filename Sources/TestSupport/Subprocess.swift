public import Foundation

/// The root of the project.
public let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// The executable under test: `APUS` in the environment, else the one that was built along with the tests.
public let executable: String =
  ProcessInfo.processInfo.environment["APUS"]
  ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  .appendingPathComponent("apus").path

/// Returns the path of a new directory for results.
public func makeResultDirectory() -> URL {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("apus-results-\(UUID().uuidString)")
  // What cannot be written there is missed by every test.
  try? FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  return directory
}

/// Runs the program at `path` to its end, with nothing to read, and returns its exit status and what it wrote.
///
/// Its output goes through files, so that whatever outlives it keeps nobody waiting.
@discardableResult
public func run(
  _ path: String, _ arguments: [String]
) throws -> (status: Int32, output: String, errors: String) {
  let directory = makeResultDirectory()
  defer { try? FileManager.default.removeItem(at: directory) }
  let (output, errors) = (directory.path + "/output", directory.path + "/errors")
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
  posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o644)
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
  return (code, text(at: output), text(at: errors))
}

/// Returns the content of the file at `path`, empty if there is none.
private func text(at path: String) -> String {
  String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
}
