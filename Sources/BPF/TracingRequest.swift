/// What a program is to be attached to that the kernel must be told of when it loads the program.
///
/// A program is loaded once for each target: the code is the same, its attachment is not.
public struct TracingRequest: Hashable, Sendable {

  /// A kind of target.
  public enum Kind: String, Hashable, Sendable, CaseIterable {

    /// The entry of a function.
    case fentry

    /// The return of a function.
    case fexit

    /// What a tracepoint hands to programs.
    case rawTracepoint = "tp_btf"

    /// The objects that an iterator goes through.
    case iterator = "iter"

    /// The section of object files whose programs are of the kind.
    public var section: String { "apus_\(rawValue)" }

  }

  /// A target.
  public struct Target: Hashable, Sendable {

    /// The number of its type.
    public let typeNumber: Int

    /// The module in whose type information that is, nil for the kernel's.
    public let module: String?

    /// The number of the BPF program in whose type information that is, nil for the kernel's.
    public let program: UInt32?

    /// Creates an instance with the given properties.
    public init(typeNumber: Int, module: String? = nil, program: UInt32? = nil) {
      self.typeNumber = typeNumber
      self.module = module
      self.program = program
    }

  }

  /// The kind of the targets.
  public let kind: Kind

  /// The targets, at least one.
  public let targets: [Target]

  /// The licence of the program.
  public let license: String

  /// Creates an instance with the given properties.
  public init(kind: Kind, targets: [Target], license: String) {
    self.kind = kind
    self.targets = targets
    self.license = license
  }

}

/// What became of a program for one of its targets.
public enum TracingOutcome: Sendable {

  /// It is loaded.
  case loaded(ProgramHandle)

  /// The kernel refuses it for that target.
  case refused(SystemError)

}
