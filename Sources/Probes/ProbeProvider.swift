public import Diagnostics
public import IR
public import Kernel
public import Syntax
public import Types

/// A family of attach points, such as `kprobe` or `interval`.
public protocol ProbeProvider: Sendable {

  /// The names by which scripts refer to the provider, the preferred one first.
  var names: [String] { get }

  /// Returns `true` iff scripts that are run in `mode` have such probes, which are left out otherwise.
  func takesPart(in mode: RunMode) -> Bool

  /// Returns the attach points that `spec` denotes on `kernel`, in the order in which they are listed, at least one.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint]

  /// Returns what `args`, `arg0`, `retval` … mean at `point`.
  func context(
    of point: AttachPoint, on kernel: any KernelView
  ) throws(ProbeFault) -> ProbeContext

  /// Returns `context`, that of `point`, with what takes long to find out and an action asks for: it uses the builtins `names`.
  func completed(
    _ context: ProbeContext, of point: AttachPoint, using names: Set<String>, on kernel: any KernelView
  ) throws(ProbeFault) -> ProbeContext

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism

  /// Returns the full names of the probes on `kernel` whose parts behind the provider match `parts`, sorted.
  ///
  /// Providers whose probes are not a matter of the kernel have none.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String]

  /// Returns the declarations of the arguments of the probe with the given full name, as `-lv` shows them.
  func arguments(ofProbe name: String, on kernel: any KernelView) throws(KernelFault) -> [String]

}

extension ProbeProvider {

  /// Returns `true` iff the script is to trace.
  public func takesPart(in mode: RunMode) -> Bool { mode == .trace }

  /// Returns `context`, that of `point`, with the place in a program or library if `uaddr` is used.
  public func completed(
    _ context: ProbeContext, of point: AttachPoint, using names: Set<String>, on kernel: any KernelView
  ) throws(ProbeFault) -> ProbeContext { context.placed(at: point, using: names, on: kernel) }

  /// Returns no names.
  public func names(
    matching parts: [Wildcard], on kernel: any KernelView
  ) throws(KernelFault) -> [String] { [] }

  /// Returns no arguments.
  public func arguments(
    ofProbe name: String, on kernel: any KernelView
  ) throws(KernelFault) -> [String] { [] }

}

/// Why a probe cannot be used.
public struct ProbeFault: Error, Sendable {

  /// The message, with its place in the probe.
  public let diagnostic: Diagnostic

  /// `true` iff the probe is written correctly but the kernel has nothing that it denotes.
  public let isMissing: Bool

  /// `true` iff what the probe denotes was there in other releases of the kernel, so that the rest of the script may do without.
  public let isDispensable: Bool

  /// Creates an instance with the given message.
  public init(_ diagnostic: Diagnostic, isMissing: Bool = false, isDispensable: Bool = false) {
    self.diagnostic = diagnostic
    self.isMissing = isMissing
    self.isDispensable = isDispensable
  }

}

/// What a program finds when it runs at an attach point.
///
/// Attach points with equal contexts can share one program.
public struct ProbeContext: Hashable, Codable, Sendable {

  /// What kind of program runs there.
  public var programKind: ProgramKind

  /// The provider's preferred name, for messages.
  public var provider: String

  /// The fields of `args`, by name; nil if there is no `args`.
  public var fields: [ContextField]?

  /// Where `arg0`, `arg1` … are in the context; empty if there are none.
  public var arguments: [ContextValue]

  /// `true` iff there are no other arguments than `arguments`.
  public var knowsAllArguments = false

  /// Where `retval` is in the context.
  public var returnValue: ContextValue?

  /// What `ctx` points to; `.none` if that is nobody's business.
  public var contextType: Type

  /// `true` iff the program runs when no process of ours is there, so that the kernel must print what it prints.
  public var isPinned: Bool

  /// The declarations of arguments that functions have and programs cannot read, by name.
  public var unreadableArguments: [String: String] = [:]

  /// Where in a program or library the probe is, if the action asks for that.
  public var codePlace: UserCodePlace? = nil

  /// `true` iff `func` has a meaning.
  public var hasFunction: Bool

  /// The memory that addresses without more information point into.
  public var addressSpace: AddressSpace

  /// `true` iff one program can be attached to several points and `bpf_get_attach_cookie` tells which one it is.
  public var hasCookie: Bool

  /// `true` iff the program runs on behalf of whatever process is current, so that `-p` narrows it.
  public var belongsToProcess: Bool

  /// `true` iff the program runs at the start of a function of a process, where the function has no frame yet.
  public var isUserFunctionEntry = false

  /// Creates an instance with the given properties.
  public init(
    programKind: ProgramKind, provider: String, fields: [ContextField]? = nil,
    arguments: [ContextValue] = [], returnValue: ContextValue? = nil, contextType: Type = .none,
    isPinned: Bool = false, hasFunction: Bool = false,
    addressSpace: AddressSpace = .kernel, hasCookie: Bool = false, belongsToProcess: Bool = true
  ) {
    self.programKind = programKind
    self.provider = provider
    self.fields = fields
    self.arguments = arguments
    self.returnValue = returnValue
    self.contextType = contextType
    self.isPinned = isPinned
    self.hasFunction = hasFunction
    self.addressSpace = addressSpace
    self.hasCookie = hasCookie
    self.belongsToProcess = belongsToProcess
  }

}

/// A value in the context of a program.
public struct ContextValue: Hashable, Codable, Sendable {

  /// The type.
  public let type: Type

  /// The offset in the context in bytes.
  public let offset: Int

  /// `true` iff the kernel's verifier knows what structure the value, a pointer, points to.
  public let isTracked: Bool

  /// How it is found where it is not just in the context, nil where it is.
  public let computed: ComputedValue?

  /// Creates an instance with the given properties.
  public init(type: Type, offset: Int, isTracked: Bool = false) {
    self.type = type
    self.offset = offset
    self.isTracked = isTracked
    self.computed = nil
  }

  /// Creates an instance of a value that is found in another way.
  public init(type: Type, computed: ComputedValue) {
    self.type = type
    self.offset = 0
    self.isTracked = false
    self.computed = computed
  }

}

/// A named value in the context of a program: `args.name`.
public struct ContextField: Hashable, Codable, Sendable {

  /// The name.
  public let name: String

  /// Where it is and of which type.
  public let value: ContextValue

  /// `true` iff the context has the offset (16 low bits of 32) and length of the data in place of the data; the
  /// value is then the data's address, a pointer.
  public let isDataLocation: Bool

  /// The declaration as `-lv` shows it: `const char * filename`.
  public let declaration: String

  /// Creates an instance with the given properties.
  public init(
    name: String, value: ContextValue, isDataLocation: Bool = false, declaration: String
  ) {
    self.name = name
    self.value = value
    self.isDataLocation = isDataLocation
    self.declaration = declaration
  }

}
