/// What the compiler asked for outside of the script, as far as it can be different another time.
public final class DependencyLog {

  /// What was asked for, in that order.
  public private(set) var dependencies: [Dependency] = []

  /// What is among `dependencies` already.
  private var known: Set<Subject> = []

  /// What a dependency is about.
  private enum Subject: Hashable {

    /// A file.
    case file(String)

    /// A part of the kernel's state.
    case kernel(KernelPart)

  }

  /// Why the result cannot be kept, nil if it can.
  public private(set) var obstacle: String?

  /// `true` iff an address of the kernel was asked for.
  public private(set) var hasAddresses = false

  /// The files that were read or looked for.
  public var files: [String] {
    dependencies.compactMap { if case .file(let path, _) = $0 { path } else { nil } }
  }

  /// Creates an empty log.
  public init() {}

  /// Notes that the file at `path` is about to be read, or looked for.
  public func note(file path: String) {
    guard known.insert(.file(path)).inserted else { return }
    let state = FileState(ofFileAt: path)
    if let state, state.isFresh(at: FileState.now) { forbid("'\(path)' was changed just now") }
    dependencies.append(.file(path: path, state))
  }

  /// Notes that a part of the kernel's state is about to be asked for.
  public func note(_ part: KernelPart) {
    guard known.insert(.kernel(part)).inserted else { return }
    guard let state = part.state else {
      return forbid("it depends on \(part.rawValue) that may be others soon")
    }
    dependencies.append(.kernel(part, state))
  }

  /// Notes that the address of the kernel's symbol `name` is about to be asked for.
  public func note(addressOf name: String) {
    hasAddresses = true
    forbid("it has the address of the kernel's symbol '\(name)'")
  }

  /// Notes that the result cannot be kept, since `reason`.
  public func forbid(_ reason: String) { obstacle = obstacle ?? reason }

}
