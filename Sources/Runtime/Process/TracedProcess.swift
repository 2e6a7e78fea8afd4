import CLinux
import Glibc

/// The process that tracing is narrowed to and ends with: one that was there (`-p`), or a child started for it (`-c`).
public final class TracedProcess {

  /// The number of the process.
  public let identifier: Int32

  /// The path of the program that a child is going to run, nil for a process that was there.
  public let programPath: String?

  /// The open file that is readable once the process has ended.
  let descriptor: Int32

  /// The open files by which a child waits to be let go and tells why it could not run, until then.
  private var start: (gate: Int32, failure: Int32)?

  /// The program of a child, for messages.
  private let program: String?

  /// Finds the process with the given number.
  public init(identifier: Int32) throws(ProcessFault) {
    let descriptor = identifier > 0 ? clinux_open_process(identifier) : -ESRCH
    guard descriptor >= 0 else { throw .noProcess(identifier, errorNumber: -descriptor) }
    self.identifier = identifier
    self.descriptor = descriptor
    self.start = nil
    self.program = nil
    self.programPath = nil
  }

  /// Starts a child that waits until `release` to run `command`, words separated and quoted as a shell has it.
  public init(command: String) throws(ProcessFault) {
    let words = try CommandWords.split(command)
    let path = try executable(named: words[0])
    var gate: Int32 = -1
    var failure: Int32 = -1
    let arguments = words.map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    let pid = clinux_start_waiting(path, arguments + [nil], &gate, &failure)
    guard pid > 0 else { throw .cannotStart(words[0], errorNumber: -pid) }
    let descriptor = clinux_open_process(pid)
    guard descriptor >= 0 else {
      close(gate)
      close(failure)
      throw .cannotStart(words[0], errorNumber: -descriptor)
    }
    self.identifier = pid
    self.descriptor = descriptor
    self.start = (gate, failure)
    self.program = words[0]
    self.programPath = path
  }

  /// Lets a child run its program.
  func release() throws(ProcessFault) {
    guard let (gate, failure) = start else { return }
    start = nil
    var byte: UInt8 = 1
    _ = write(gate, &byte, 1)
    close(gate)
    var number: Int32 = 0
    var count: Int
    repeat { count = read(failure, &number, MemoryLayout<Int32>.size) } while count < 0 && errno == EINTR
    close(failure)
    if count == MemoryLayout<Int32>.size { throw .cannotStart(program ?? "", errorNumber: number) }
  }

  /// Ends a child that still runs.
  deinit {
    if let (gate, failure) = start {
      // The child ends by itself when nobody can let it go any more.
      close(gate)
      close(failure)
    }
    if program != nil {
      kill(identifier, SIGTERM)
      waitpid(identifier, nil, WNOHANG)
    }
    close(descriptor)
  }

}

/// Returns the path of the program `name`, found as a shell finds it.
private func executable(named name: String) throws(ProcessFault) -> String {
  var failure = ENOENT
  let folders =
    name.contains("/")
    ? [""]
    : (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin").split(
      separator: ":", omittingEmptySubsequences: false
    ).map { $0.isEmpty ? "./" : "\($0)/" }
  for folder in folders {
    let path = folder + name
    var status = stat()
    guard stat(path, &status) == 0 else { continue }
    if status.st_mode & S_IFMT != S_IFDIR, access(path, X_OK) == 0 { return path }
    failure = EACCES
  }
  throw .cannotStart(name, errorNumber: failure)
}
