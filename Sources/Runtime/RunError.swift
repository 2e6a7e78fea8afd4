public import BPF
import Glibc
public import Loading

/// Why a run ended other than by the script's or the user's wish.
public enum RunError: Error, Hashable, Sendable {

  /// The script could not be attached or run.
  case load(LoadError)

  /// The process to trace could not be started.
  case process(ProcessFault)

  /// The output could not be written.
  case output(errorNumber: Int32)

  /// A file for packets could not be made.
  case packetFile(path: String, errorNumber: Int32)

  /// The kernel refused a call.
  case system(SystemError)

  /// What is wrong, in lower case and without a full stop.
  public var message: String {
    switch self {
    case .load(let error): error.message
    case .process(let fault): fault.message
    case .output(let number): "cannot write the output: \(String(cString: strerror(number)))"
    case .packetFile(let path, let number):
      "cannot write packets to '\(path)': \(String(cString: strerror(number)))"
    case .system(let error): error.description
    }
  }

}
