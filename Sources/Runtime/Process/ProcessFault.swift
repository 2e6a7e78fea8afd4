import Glibc

/// Why there is no process to trace.
public enum ProcessFault: Error, Hashable, Sendable {

  /// There is no process with the given number, or it may not be watched.
  case noProcess(Int32, errorNumber: Int32)

  /// The command of `-c` cannot be taken apart.
  case malformedCommand(String)

  /// The program of `-c` cannot be started.
  case cannotStart(String, errorNumber: Int32)

  /// What is wrong, in lower case and without a full stop.
  public var message: String {
    switch self {
    case .noProcess(let identifier, ESRCH), .noProcess(let identifier, EINVAL):
      "there is no process \(identifier)"
    case .noProcess(let identifier, let number):
      "cannot watch process \(identifier): \(String(cString: strerror(number)))"
    case .malformedCommand(let reason): "cannot understand the command of '-c': \(reason)"
    case .cannotStart(let program, ENOENT): "cannot start '\(program)': no such program"
    case .cannotStart(let program, let number):
      "cannot start '\(program)': \(String(cString: strerror(number)))"
    }
  }

}
