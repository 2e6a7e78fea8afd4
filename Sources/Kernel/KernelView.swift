public import Types

/// What the compiler wants to know about the kernel that a script is for: the running one or a recorded one.
///
/// Answers are found on demand, so that nothing is read that no script asks for, and remembered.
public protocol KernelView: AnyObject {

  /// The release, as `uname -r` prints it.
  var release: String { get }

  /// Returns whether the kernel has `feature`.
  func status(of feature: Feature) -> FeatureStatus

  /// Returns the functions that kprobes can be attached to and whose names, given as bytes, satisfy `isWanted`, sorted by
  /// name and module.
  ///
  /// A kernel has some 60 000 of them: it is far cheaper to ask for those that are wanted than to look through all.
  func traceableFunctions(
    where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(KernelFault) -> [KernelFunction]

  /// Returns what the kernel knows about `name`, which is not among the names of `traceableFunctions`.
  func standing(ofFunction name: String) -> FunctionStanding

  /// Returns `true` iff there is a module called `name` for the kernel, which is not loaded.
  func hasUnloadedModule(named name: String) -> Bool

  /// The names of the subsystems that have tracepoints, sorted.
  func tracepointSubsystems() throws(KernelFault) -> [String]

  /// The names of the tracepoints of `subsystem`, sorted; empty if there is no such subsystem.
  func tracepoints(in subsystem: String) throws(KernelFault) -> [String]

  /// The format of the tracepoint `subsystem:event`, nil if there is none.
  func format(ofTracepoint event: String, in subsystem: String) throws(KernelFault) -> TracepointFormat?

  /// Returns `true` iff type information (BTF) describes a function called `name`.
  func hasFunction(named name: String) -> Bool

  /// Returns the number of the function called `name` in the type information of the kernel itself, nil if there is none.
  func typeNumber(ofFunction name: String) -> Int32?

  /// Returns what type information tells about those of the functions `names`, of the kernel or of `module`, that it
  /// describes, by name.
  ///
  /// To ask for many at once is far cheaper than one after the other.
  func signatures(ofFunctions names: [String], in module: String?) -> [String: FunctionSignature]

  /// Returns what type information, that of the kernel or of `module`, tells about what the tracepoint `event` hands to
  /// programs; nil if it does not describe it.
  func signature(ofTracepoint event: String, in module: String?) -> FunctionSignature?

  /// Returns the names, of things of the given kind, that start with `prefix` in the type information of the kernel or of
  /// `module`, sorted.
  func describedNames(_ kind: DescribedKind, startingWith prefix: String, in module: String?) -> [String]

  /// The modules that are loaded and have type information, sorted.
  var describedModules: [String] { get }

  /// The functions of the BPF programs in the kernel that have type information, in the order of the programs' numbers.
  var programFunctions: [ProgramFunction] { get }

  /// Returns the definition in C of the structure, the union or the enumeration `name`, nil if there is no such thing.
  func definition(_ kind: DescribedKind, named name: String) -> String?

  /// Returns `true` iff programs of the given kind may call the kernel's function `name`.
  func allowsCall(of name: String, in kind: CallerKind) -> Bool

  /// The layout of a structure by its type information (BTF), nil if it has none or there is no such structure.
  func layout(of structure: StructureName) -> StructureLayout?

  /// The constants of the enumeration `name` by the type information, nil if it has none or there is no such enumeration.
  func enumeration(named name: String) -> EnumerationLayout?

  /// The type that `name` was defined to be by `typedef`, nil if there is no such name or no type information.
  func type(named name: String) -> Type?

  /// The constant `name` of whatever enumeration with the name of that, which is empty for one without; nil if there is
  /// no such constant or no type information.
  func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)?

  /// Returns the value of the option `name` (`CONFIG_IPV6`) that the kernel was built with as its configuration file has
  /// it: `y`, `m`, a number or a text in quotes; nil if the option is not set or cannot be found out.
  func configuration(of name: String) -> String?

  /// Returns the address of the kernel's symbol `name`, nil if there is none.
  func address(ofSymbol name: String) throws(KernelFault) -> UInt64?

  /// The names of symbols of the kernel that `name` may be mistaken for.
  func symbolNames(like name: String) -> [String]

  /// The programs and libraries of the machine.
  var binaries: any BinaryView { get }

  /// The number of CPUs that the kernel may ever use.
  var possibleCPUCount: Int { get }

  /// Returns the number of the control group whose directory is at `path`, nil if it is none.
  func controlGroup(at path: String) -> UInt64?

  /// Returns what is known about the map that is pinned to the file at `path`.
  func pinnedMap(at path: String) throws(KernelFault) -> PinnedMapView

  /// The PID namespace that the process is in, nil if that is the initial one.
  var pidNamespace: NamespaceIdentity? { get }

}

extension KernelView {

  /// Returns all functions that kprobes can be attached to, sorted by name and module.
  public func traceableFunctions() throws(KernelFault) -> [KernelFunction] {
    try traceableFunctions { _ in true }
  }

}

/// What tells one namespace from another.
public struct NamespaceIdentity: Hashable, Sendable {

  /// The device of the namespace's file as the kernel itself numbers it: 12 bits of major, 20 of minor number.
  public let device: UInt32

  /// The inode of the namespace's file.
  public let inode: UInt64

  /// Creates an instance with the given properties.
  public init(device: UInt32, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

}

/// A kind of program, as far as it matters which functions of the kernel it may call.
public enum CallerKind: Hashable, Sendable { case kprobe, tracepoint, perfEvent, rawTracepoint }

/// A function that kprobes can be attached to.
public struct KernelFunction: Hashable, Sendable {

  /// The name.
  public let name: String

  /// The module that it is in, nil for the kernel itself.
  public let module: String?

  /// Creates an instance with the given properties.
  public init(name: String, module: String? = nil) {
    self.name = name
    self.module = module
  }

}

/// Why something about the kernel cannot be told, as a plain sentence.
public struct KernelFault: Error, Hashable, Sendable {

  /// The sentence, in lower case and without a full stop: what is wrong.
  public let message: String

  /// What to do about it, if that can be said.
  public let hint: String?

  /// Creates an instance with the given properties.
  public init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

}
