/// Something outside of a script that decided what it was compiled to, with what it was then.
public enum Dependency: Hashable, Codable, Sendable {

  /// A file, or that there is none.
  case file(path: String, FileState?)

  /// A part of the kernel's state.
  case kernel(KernelPart, [UInt8])

  /// `true` iff what it is about is what it was.
  var holds: Bool {
    switch self {
    case .file(let path, let state): FileState(ofFileAt: path) == state
    case .kernel(let part, let state): part.state == state
    }
  }

}

/// A part of the kernel's state that can change while it runs.
public enum KernelPart: String, Hashable, Codable, Sendable {

  /// Which modules are loaded, with the type information, the functions and the tracepoints that they have.
  case modules

  /// Where tracepoints are listed, and that nobody has added any.
  case tracepoints

  /// Where functions for kprobes are listed.
  case functions

  /// What the kernel forbids although it could do it.
  case lockdown

}
