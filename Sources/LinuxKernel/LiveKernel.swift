import BPF
import Glibc
public import Kernel
import KernelSymbols
public import Types

/// The running kernel.
///
/// Everything is looked up when it is first asked for, and remembered.
public final class LiveKernel: KernelView {

  /// The features that the kernel shall be taken to lack.
  private let masked: Set<Feature>

  /// The features that were looked up.
  private var statuses: [Feature: FeatureStatus] = [:]

  /// The functions that kprobes can be attached to, once looked up.
  private var functions: Result<FunctionList, KernelFault>?

  /// The place of tracefs, once looked up.
  private var tracefs: Result<Tracefs, KernelFault>?

  /// The names of the subsystems that have tracepoints, once looked up.
  private var subsystems: [String]?

  /// The names of the tracepoints by subsystem, as far as looked up.
  private var events: [String: [String]] = [:]

  /// The formats of tracepoints by `subsystem/event`, as far as looked up.
  private var formats: [String: TracepointFormat?] = [:]

  /// The kernel's symbols, once looked up.
  private(set) lazy var symbols = SymbolList()

  /// The kernel's type information, once looked up.
  private var typeInformation: TypeInformation??

  /// The type information of modules, as far as looked up.
  var moduleTypes: [String: TypeInformation?] = [:]

  /// The signatures of functions by module, which is empty for the kernel itself, and name, as far as looked up.
  var signatures: [String: [String: FunctionSignature?]] = [:]

  /// The functions of the BPF programs that are there, once looked up.
  public private(set) lazy var programFunctions = functionsOfPrograms()

  /// The modules that have type information, once looked up.
  public private(set) lazy var describedModules = modulesWithTypes()

  /// The layouts of structures, as far as looked up.
  private var layouts: [StructureName: StructureLayout?] = [:]

  /// The programs and libraries of the machine.
  public let binaries: any BinaryView

  /// Creates a view of the running kernel that hides the features in `masked`, and of the files that `process` sees.
  ///
  /// Files with debug information are looked for in `debugFolder`, if that is not nil, before the system's folders.
  /// If `functions` is given, it is a text that names the functions that kprobes can be attached to, one a line.
  public init(
    hiding masked: Set<Feature> = [], traceableFunctions functions: [UInt8]? = nil,
    tracing process: ViewedProcess? = nil, debugFolder: String? = nil
  ) {
    self.masked = masked
    self.functions = functions.map { .success(FunctionList(ofFilterFunctions: $0)) }
    binaries = LiveBinaries(of: process, debugFolder: debugFolder)
  }

  /// The release, as `uname -r` prints it.
  public private(set) lazy var release: String = {
    var name = utsname()
    if uname(&name) != 0 { return "unknown" }
    return withUnsafeBytes(of: name.release) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }()

  /// The options that the kernel was built with.
  private lazy var configuration = KernelConfiguration(ofKernel: release)

  /// Returns the value of the option `name` that the kernel was built with, nil if it is not set.
  public func configuration(of name: String) -> String? { configuration.value(of: name) }

  /// The number of CPUs that the kernel may ever use.
  public var possibleCPUCount: Int { CPUs.possibleCount }

  /// The PID namespace that the process is in, nil if that is the initial one.
  public private(set) lazy var pidNamespace: NamespaceIdentity? = .ofPIDs

  /// Returns the number of the control group whose directory is at `path`, nil if it is none.
  ///
  /// It is the number of the directory's inode (`fs/kernfs/dir.c`).
  public func controlGroup(at path: String) -> UInt64? {
    // Only groups of the second version have this file.
    var file = stat()
    guard isAccessible("\(path)/cgroup.controllers"), stat(path, &file) == 0 else { return nil }
    return UInt64(file.st_ino)
  }

  /// Returns whether the kernel has `feature`.
  public func status(of feature: Feature) -> FeatureStatus {
    if masked.contains(feature) { return .missing }
    if let known = statuses[feature] { return known }
    let status = probe(feature)
    statuses[feature] = status
    return status
  }

  /// Returns the functions that kprobes can be attached to and that are wanted, sorted by name and module.
  public func traceableFunctions(
    where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(KernelFault) -> [KernelFunction] {
    try functionList().functions(where: isWanted)
  }

  /// Returns the list of the functions that kprobes can be attached to.
  private func functionList() throws(KernelFault) -> FunctionList {
    if let functions { return try functions.get() }
    let result: Result<FunctionList, KernelFault>
    do {
      result = .success(try readTraceableFunctions(in: try? traceFileSystem()))
    } catch {
      result = .failure(error)
    }
    functions = result
    return try result.get()
  }

  /// The names of the subsystems that have tracepoints, sorted.
  public func tracepointSubsystems() throws(KernelFault) -> [String] {
    if let subsystems { return subsystems }
    let result = try traceFileSystem().subsystems()
    subsystems = result
    return result
  }

  /// The names of the tracepoints of `subsystem`, sorted; empty if there is no such subsystem.
  public func tracepoints(in subsystem: String) throws(KernelFault) -> [String] {
    if let known = events[subsystem] { return known }
    let result = try traceFileSystem().events(in: subsystem)
    events[subsystem] = result
    return result
  }

  /// The format of the tracepoint `subsystem:event`, nil if there is none.
  public func format(
    ofTracepoint event: String, in subsystem: String
  ) throws(KernelFault) -> TracepointFormat? {
    let name = "\(subsystem)/\(event)"
    if let known = formats[name] { return known }
    let result = try traceFileSystem().format(of: event, in: subsystem)
    formats[name] = .some(result)
    return result
  }

  /// Returns `true` iff type information describes a function called `name`.
  public func hasFunction(named name: String) -> Bool {
    knownTypes?.number(of: .function, named: name) != nil
  }

  /// Returns the number of the function called `name` in the type information, nil if there is none.
  public func typeNumber(ofFunction name: String) -> Int32? {
    knownTypes?.number(of: .function, named: name).map { Int32($0) }
  }

  /// Returns `true` iff programs of the given kind may call the kernel's function `name`.
  public func allowsCall(of name: String, in kind: CallerKind) -> Bool {
    guard let number = knownTypes?.number(of: .function, named: name) else { return false }
    let probed: KernelProbe.Kind =
      switch kind {
      case .kprobe: .kprobe
      case .tracepoint: .tracepoint
      case .perfEvent: .perfEvent
      case .rawTracepoint: .rawTracepoint
      }
    return KernelProbe.allowsCall(of: Int32(number), in: probed)
  }

  /// The layout of a structure by its type information (BTF), nil if it has none or there is no such structure.
  public func layout(of structure: StructureName) -> StructureLayout? {
    if let known = layouts[structure] { return known }
    let result = firstDescription { $0.layout(of: structure) }
    layouts[structure] = .some(result)
    return result
  }

  /// The constants of the enumeration `name` by the type information, nil if it has none or there is no such enumeration.
  public func enumeration(named name: String) -> EnumerationLayout? {
    firstDescription { $0.enumeration(named: name) }
  }

  /// The type that `name` was defined to be by `typedef`, nil if there is no such name or no type information.
  public func type(named name: String) -> Type? { firstDescription { $0.type(named: name) } }

  /// The constant `name` of whatever enumeration has it, nil if there is no such constant or no type information.
  public func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)? {
    firstDescription { $0.constant(named: name) }
  }

  /// The kernel's type information, nil if it has none.
  var knownTypes: TypeInformation? {
    if typeInformation == nil { typeInformation = .some(TypeInformation(ofFile: "/sys/kernel/btf/vmlinux")) }
    return typeInformation ?? nil
  }

  /// Returns the place of tracefs, which is mounted if need be.
  private func traceFileSystem() throws(KernelFault) -> Tracefs {
    if let tracefs { return try tracefs.get() }
    let result: Result<Tracefs, KernelFault>
    do {
      result = .success(try Tracefs.locate())
    } catch {
      result = .failure(error)
    }
    tracefs = result
    return try result.get()
  }

}
