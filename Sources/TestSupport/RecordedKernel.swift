public import Kernel
public import Types

/// A small kernel of the imagination whose answers are always the same.
public final class RecordedKernel: KernelView {

  /// The release.
  public var release = "6.12.0"

  /// The features that it has.
  public var features: Set<Feature>

  /// What stands in the way of reading the list of functions, if anything does.
  public var functionsFault: KernelFault?

  /// What stands in the way of reading tracefs, if anything does.
  public var tracefsFault: KernelFault?

  /// The number of CPUs.
  public let possibleCPUCount = 4

  /// `false` iff it has no type information.
  public var hasTypes = true

  /// `true` iff it does not tell the addresses of its symbols.
  public var hidesAddresses = false

  /// The PID namespace that the process is in, nil if that is the initial one.
  public var pidNamespace: NamespaceIdentity?

  /// The programs and libraries.
  public let recordedBinaries = RecordedBinaries()

  /// The programs and libraries.
  public var binaries: any BinaryView { recordedBinaries }

  /// The functions.
  private let functions: [KernelFunction]

  /// The tracepoints' formats by `subsystem:event`.
  private let formats: [String: TracepointFormat]

  /// Creates a kernel with the given features, all by default, and functions besides those that it always has.
  public init(features: Set<Feature> = Set(Feature.allCases), functions: [KernelFunction] = []) {
    self.features = features
    let recorded = RecordedKernel.functionNames.map { KernelFunction(name: $0) }
    self.functions = (recorded + RecordedKernel.moduleFunctions + functions)
      .sorted { ($0.name, $0.module ?? "") < ($1.name, $1.module ?? "") }
    self.formats = RecordedKernel.formatTexts.compactMapValues { TracepointFormat(parsing: $0) }
  }

  /// Returns the value of an option that the kernel was built with.
  public func configuration(of name: String) -> String? {
    ["CONFIG_IPV6": "y", "CONFIG_NFSD": "m", "CONFIG_HZ": "250"][name]
  }

  /// Returns the number of the one control group that there is.
  public func controlGroup(at path: String) -> UInt64? { path == "/sys/fs/cgroup/system.slice" ? 4711 : nil }

  /// Returns one of the pinned maps.
  public func pinnedMap(at path: String) throws(KernelFault) -> PinnedMapView {
    if let map = RecordedKernel.pinnedMaps[path] { return map }
    throw KernelFault("there is no file '\(path)'", hint: "pin a map to it")
  }

  /// Returns the address of the kernel's symbol `name`.
  public func address(ofSymbol name: String) throws(KernelFault) -> UInt64? {
    if hidesAddresses {
      throw KernelFault(
        "the kernel does not tell the addresses of its symbols", hint: "be someone who may know")
    }
    return RecordedKernel.symbols[name]
  }

  /// The names of all symbols.
  public func symbolNames(like name: String) -> [String] { RecordedKernel.symbols.keys.sorted() }

  /// Returns whether the kernel has `feature`.
  public func status(of feature: Feature) -> FeatureStatus {
    features.contains(feature) ? .available : .missing
  }

  /// The functions that kprobes can be attached to and that are wanted.
  public func traceableFunctions(
    where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(KernelFault) -> [KernelFunction] {
    if let functionsFault { throw functionsFault }
    return functions.filter { Array($0.name.utf8).withUnsafeBufferPointer(isWanted) }
  }

  /// What is known about a few names that cannot be traced.
  public func standing(ofFunction name: String) -> FunctionStanding {
    switch name {
    case "__x64_sys_getpid": .alias
    case "hidden_function": .untold
    case "rcu_nmi_enter": .notTraceable
    case "do_int3": .blacklisted
    case "jiffies_64": .data
    case "tcp_split": .variants(["tcp_split.isra.0", "tcp_split.part.0"])
    case "nfs4_acl_new": .inUnloadedModule("nfsv4")
    default: .unknown
    }
  }

  /// The one module that is not loaded is `nfsv4`.
  public func hasUnloadedModule(named name: String) -> Bool { name == "nfsv4" }

  /// The subsystems that have tracepoints.
  public func tracepointSubsystems() throws(KernelFault) -> [String] {
    if let tracefsFault { throw tracefsFault }
    return Set(formats.keys.map { String($0.prefix { $0 != ":" }) }).sorted()
  }

  /// The tracepoints of `subsystem`.
  public func tracepoints(in subsystem: String) throws(KernelFault) -> [String] {
    if let tracefsFault { throw tracefsFault }
    return formats.keys.filter { $0.hasPrefix(subsystem + ":") }.map {
      String($0.dropFirst(subsystem.count + 1))
    }
    .sorted()
  }

  /// The format of `subsystem:event`.
  public func format(
    ofTracepoint event: String, in subsystem: String
  ) throws(KernelFault) -> TracepointFormat? {
    if let tracefsFault { throw tracefsFault }
    return formats["\(subsystem):\(event)"]
  }

  /// Returns `true` iff the kernel has the function and the program is one of a tracepoint.
  public func allowsCall(of name: String, in kind: CallerKind) -> Bool {
    hasFunction(named: name) && kind == .tracepoint
  }

  /// Returns `true` iff `name` is one of the functions.
  public func hasFunction(named name: String) -> Bool { functions.contains { $0.name == name } }

  /// The number of the one function of the kernel that programs call.
  public func typeNumber(ofFunction name: String) -> Int32? { name == "bpf_session_is_return" ? 4712 : nil }

  /// What type information tells about functions.
  public func signatures(
    ofFunctions names: [String], in module: String?
  ) -> [String: FunctionSignature] {
    guard hasTypes else { return [:] }
    return RecordedKernel.signatures.filter { module == nil && names.contains($0.key) }
  }

  /// What type information tells about tracepoints.
  public func signature(ofTracepoint event: String, in module: String?) -> FunctionSignature? {
    hasTypes && module == nil ? RecordedKernel.tracepointSignatures[event] : nil
  }

  /// The names of what is described.
  public func describedNames(
    _ kind: DescribedKind, startingWith prefix: String, in module: String?
  ) -> [String] {
    guard hasTypes, module == nil else { return [] }
    let names: [String] =
      switch kind {
      case .function: RecordedKernel.signatures.keys.map { $0 }
      case .typedef: RecordedKernel.tracepointSignatures.keys.map { "btf_trace_\($0)" }
      case .structure: RecordedKernel.layouts.keys.filter { $0.keyword == .struct }.map(\.tag)
      case .union, .enumeration: []
      }
    return names.filter { $0.hasPrefix(prefix) }.sorted()
  }

  /// None.
  public var describedModules: [String] { [] }

  /// The functions of two programs of the same name, one of which has another function.
  public var programFunctions: [ProgramFunction] {
    [
      ProgramFunction(program: 12, name: "watch", typeNumber: 4),
      ProgramFunction(program: 12, name: "part", typeNumber: 6),
      ProgramFunction(program: 15, name: "watch", typeNumber: 4),
    ]
  }

  /// The definition of `struct ns_common`.
  public func definition(_ kind: DescribedKind, named name: String) -> String? {
    kind == .structure && name == "ns_common" ? "struct ns_common {\n    unsigned int inum;\n};" : nil
  }

  /// The layout of `structure`: of those that the compiler itself asks for.
  public func layout(of structure: StructureName) -> StructureLayout? {
    hasTypes ? RecordedKernel.layouts[structure] : nil
  }

  /// The constants of the enumeration `name`: `pid_type` is the only one.
  public func enumeration(named name: String) -> EnumerationLayout? {
    guard name == "pid_type" else { return nil }
    return EnumerationLayout(
      type: .uint32,
      constants: [.init(name: "PIDTYPE_PID", value: 0), .init(name: "PIDTYPE_TGID", value: 1)])
  }

  /// The type that `name` was defined to be.
  public func type(named name: String) -> Type? { name == "cputime_t" ? .uint64 : nil }

  /// The constant `name` of the one enumeration.
  public func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)? {
    enumeration(named: "pid_type")?[name].map { ("pid_type", .uint32, $0.value) }
  }

  /// The addresses of some symbols; those that each CPU has are offsets.
  private static let symbols: [String: UInt64] = [
    "avenrun": 0xffff_ffff_8300_0040, "runqueues": 0x34c40, "__per_cpu_offset": 0xffff_ffff_8280_0000,
  ]

  /// C's `char`.
  static let character = Type.integer(IntegerType(width: 8, isSigned: true))

  /// The names of functions of the kernel itself; one is there twice, as static functions are.
  private static let functionNames = [
    "do_nanosleep", "do_sys_open", "do_sys_openat2", "dup_static", "dup_static", "vfs_open", "vfs_read",
    "vfs_write",
    "tcp_abort", "tcp_ack", "tcp_ack_update_rtt", "tcp_add_backlog", "tcp_check_space", "tcp_child_process",
    "tcp_cleanup_rbuf", "tcp_close", "tcp_conn_request", "tcp_connect", "tcp_current_mss", "tcp_data_queue",
    "tcp_data_ready", "tcp_done", "tcp_event_new_data_sent", "tcp_fin", "tcp_finish_connect",
    "tcp_get_info", "tcp_ioctl", "tcp_mss_to_mtu", "tcp_mtup_init", "tcp_poll", "tcp_push",
    "tcp_rate_skb_sent",
    "tcp_rcv_established", "tcp_recvmsg", "tcp_retransmit_skb", "tcp_sendmsg", "tcp_sendmsg_locked",
    "tcp_v4_rcv", "tcp_write_xmit",
  ]

  /// Functions of modules.
  private static let moduleFunctions = [
    KernelFunction(name: "nfsd_dispatch", module: "nfsd"), KernelFunction(name: "nfsd_read", module: "nfsd"),
    KernelFunction(name: "nfs_file_read", module: "nfs"), KernelFunction(name: "dup_static", module: "nfs"),
  ]

}
