public import Kernel
public import Types

/// A kernel whose answers are noted as far as they may be different another time the same kernel is asked.
///
/// The kernel itself is the same from its start to its end, so that what its own type information says needs no note. Modules
/// come and go, and so do files.
public final class RecordingKernel: KernelView {

  /// The kernel.
  private let kernel: any KernelView

  /// What is noted.
  private let log: DependencyLog

  /// The file that names the functions that kprobes can be attached to, nil if the kernel does.
  private let functionFile: String?

  /// The programs and libraries of the machine.
  public let binaries: any BinaryView

  /// Creates a view of `kernel` that writes into `log`. The functions that kprobes can be attached to are named by
  /// `functionFile` if that is not nil, and `debugFiles` tells where debug information of a program is looked for.
  public init(
    _ kernel: any KernelView, into log: DependencyLog, functionFile: String? = nil,
    debugFiles: @escaping (TargetBinary) -> [String] = { _ in [] }
  ) {
    self.kernel = kernel
    self.log = log
    self.functionFile = functionFile
    self.binaries = RecordingBinaries(kernel.binaries, into: log, debugFiles: debugFiles)
  }

  /// The release, which is the kernel's.
  public var release: String { kernel.release }

  /// Returns whether the kernel has `feature`, which depends on the process's capabilities too.
  public func status(of feature: Feature) -> FeatureStatus {
    log.note(.lockdown)
    return kernel.status(of: feature)
  }

  /// Returns the functions that kprobes can be attached to and that are wanted.
  public func traceableFunctions(
    where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(KernelFault) -> [KernelFunction] {
    if let functionFile {
      log.note(file: functionFile)
    } else {
      log.note(.functions)
      log.note(.modules)
    }
    return try kernel.traceableFunctions(where: isWanted)
  }

  /// Returns what the kernel knows about `name`.
  public func standing(ofFunction name: String) -> FunctionStanding {
    log.forbid("it names '\(name)', which is no function that can be traced")
    return kernel.standing(ofFunction: name)
  }

  /// Returns `true` iff there is a module called `name` for the kernel, which is not loaded.
  public func hasUnloadedModule(named name: String) -> Bool {
    log.forbid("it names a module that is not loaded")
    return kernel.hasUnloadedModule(named: name)
  }

  /// The names of the subsystems that have tracepoints.
  public func tracepointSubsystems() throws(KernelFault) -> [String] {
    noteTracepoints()
    return try kernel.tracepointSubsystems()
  }

  /// The names of the tracepoints of `subsystem`.
  public func tracepoints(in subsystem: String) throws(KernelFault) -> [String] {
    noteTracepoints()
    return try kernel.tracepoints(in: subsystem)
  }

  /// The format of the tracepoint `subsystem:event`.
  public func format(
    ofTracepoint event: String, in subsystem: String
  ) throws(KernelFault) -> TracepointFormat? {
    noteTracepoints()
    return try kernel.format(ofTracepoint: event, in: subsystem)
  }

  /// Notes that tracepoints are about to be asked for, whose numbers and formats stay while modules do and nobody adds any.
  private func noteTracepoints() {
    log.note(.tracepoints)
    log.note(.modules)
  }

  /// Returns `true` iff type information of the kernel itself describes a function called `name`.
  public func hasFunction(named name: String) -> Bool { kernel.hasFunction(named: name) }

  /// Returns the number of the function called `name` in the type information of the kernel itself.
  public func typeNumber(ofFunction name: String) -> Int32? { kernel.typeNumber(ofFunction: name) }

  /// Returns what type information tells about those of the functions `names` that it describes.
  public func signatures(ofFunctions names: [String], in module: String?) -> [String: FunctionSignature] {
    if module != nil { log.note(.modules) }
    return kernel.signatures(ofFunctions: names, in: module)
  }

  /// Returns what type information tells about what the tracepoint `event` hands to programs.
  public func signature(ofTracepoint event: String, in module: String?) -> FunctionSignature? {
    if module != nil { log.note(.modules) }
    return kernel.signature(ofTracepoint: event, in: module)
  }

  /// Returns the names of things of the given kind that start with `prefix`.
  public func describedNames(
    _ kind: DescribedKind, startingWith prefix: String, in module: String?
  ) -> [String] {
    if module != nil { log.note(.modules) }
    return kernel.describedNames(kind, startingWith: prefix, in: module)
  }

  /// The modules that are loaded and have type information.
  public var describedModules: [String] {
    log.note(.modules)
    return kernel.describedModules
  }

  /// The functions of the BPF programs in the kernel.
  public var programFunctions: [ProgramFunction] {
    log.forbid("it depends on the BPF programs in the kernel")
    return kernel.programFunctions
  }

  /// Returns the definition in C of the structure, the union or the enumeration `name`.
  public func definition(_ kind: DescribedKind, named name: String) -> String? {
    log.note(.modules)
    return kernel.definition(kind, named: name)
  }

  /// Returns `true` iff programs of the given kind may call the kernel's function `name`.
  public func allowsCall(of name: String, in kind: CallerKind) -> Bool {
    log.note(.lockdown)
    return kernel.allowsCall(of: name, in: kind)
  }

  /// The layout of a structure by its type information, or that of a module.
  public func layout(of structure: StructureName) -> StructureLayout? {
    log.note(.modules)
    return kernel.layout(of: structure)
  }

  /// The constants of the enumeration `name` by the type information, or that of a module.
  public func enumeration(named name: String) -> EnumerationLayout? {
    log.note(.modules)
    return kernel.enumeration(named: name)
  }

  /// The type that `name` was defined to be by `typedef`, in the kernel or in a module.
  public func type(named name: String) -> Type? {
    log.note(.modules)
    return kernel.type(named: name)
  }

  /// The constant `name` of whatever enumeration has it, in the kernel or in a module.
  public func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)? {
    log.note(.modules)
    return kernel.constant(named: name)
  }

  /// Returns the value of the option `name` that the kernel was built with.
  public func configuration(of name: String) -> String? {
    log.forbid("it asks how the kernel was built")
    return kernel.configuration(of: name)
  }

  /// Returns the address of the kernel's symbol `name`.
  public func address(ofSymbol name: String) throws(KernelFault) -> UInt64? {
    log.note(addressOf: name)
    return try kernel.address(ofSymbol: name)
  }

  /// The names of symbols of the kernel that `name` may be mistaken for.
  public func symbolNames(like name: String) -> [String] {
    log.forbid("it names a symbol that the kernel does not have")
    return kernel.symbolNames(like: name)
  }

  /// The number of CPUs that the kernel may ever use.
  public var possibleCPUCount: Int { kernel.possibleCPUCount }

  /// Returns the number of the control group whose directory is at `path`.
  public func controlGroup(at path: String) -> UInt64? {
    log.note(file: path)
    log.note(file: "\(path)/cgroup.controllers")
    return kernel.controlGroup(at: path)
  }

  /// Returns what is known about the map that is pinned to the file at `path`.
  public func pinnedMap(at path: String) throws(KernelFault) -> PinnedMapView {
    log.forbid("it uses the map at '\(path)'")
    return try kernel.pinnedMap(at: path)
  }

  /// The PID namespace that the process is in.
  public var pidNamespace: NamespaceIdentity? { kernel.pidNamespace }

}
