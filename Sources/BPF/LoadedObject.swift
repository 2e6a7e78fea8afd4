import CBPF
import Glibc

/// A compiled object whose programs and maps are in the kernel; they leave it when the value ends.
public struct LoadedObject: ~Copyable {

  /// libbpf's object.
  private let handle: OpaquePointer

  /// What the verifier said about each program, in order; empty texts unless logs were asked for.
  public let verifierLogs: [VerifierLog]

  /// The maps by their names in the object, as far as libbpf may know them by others.
  private let maps: [String: OpaquePointer]

  /// What became of programs that are loaded for several targets, by name: open files, or negative error numbers.
  private let tracing: [String: [Int32]]

  /// Loads the object file `bytes`, which libbpf calls `name` in its messages and in the names of its internal maps.
  ///
  /// - Parameters:
  ///   - recordsLogs: `true` iff the verifier shall report on programs that it accepts, too.
  ///   - requests: what programs are to be loaded for, by name.
  ///   - foreign: the open files of maps that are there already, by their names in the object.
  ///   - changes: what is different from what the file says, nil if nothing is.
  public init(
    loading bytes: [UInt8], name: String, recordsLogs: Bool = false,
    tracing requests: [String: TracingRequest] = [:], using foreign: [String: Int32] = [:],
    changes: ObjectChanges? = nil
  ) throws(ObjectFault) {
    LibbpfMessages.install()
    var targets = TracingTargets()
    var pending: [String: TracingLoads.Pending] = [:]
    for (name, request) in requests { pending[name] = targets.pending(request) }
    var logSize = 16 << 20
    while true {
      let attempt = LoadAttempt(
        bytes, name: name, recordsLogs: recordsLogs, logSize: logSize, tracing: pending,
        using: foreign, changes: changes)
      switch attempt.outcome {
      case .loaded(let handle):
        self.handle = handle
        self.verifierLogs = attempt.logs
        self.maps = attempt.maps
        self.tracing = attempt.tracing.mapValues(\.results)
        return
      case .failed(let fault):
        // The verifier's report did not fit; the kernel's limit is 1 GiB (bpf_verifier_log_attr_valid).
        guard fault.error.number == ENOSPC && logSize < 1 << 29 else { throw fault }
        logSize *= 8
      }
    }
  }

  /// Takes programs and maps out of the kernel.
  deinit {
    for file in tracing.values.joined() where file >= 0 { close(file) }
    bpf_object__close(handle)
  }

  /// Returns what became of the program with the given name, which was loaded for targets, for the target with the given
  /// index.
  public func outcome(ofProgram name: String, forTarget index: Int) -> TracingOutcome {
    let files = tracing[name] ?? []
    if files.isEmpty, let program = program(named: name) { return .loaded(program) }
    guard files.indices.contains(index) else {
      return .refused(SystemError(call: "bpf_prog_load", number: ENOENT))
    }
    return files[index] >= 0
      ? .loaded(ProgramHandle(name: name, descriptor: files[index]))
      : .refused(SystemError(call: "bpf_prog_load", number: -files[index]))
  }

  /// Returns the program with the given name, nil if there is none.
  public func program(named name: String) -> ProgramHandle? {
    guard let program = bpf_object__find_program_by_name(handle, name) else { return nil }
    return ProgramHandle(name: name, descriptor: bpf_program__fd(program))
  }

  /// Returns the map with the given name, nil if there is none.
  public func map(named name: String) -> MapHandle? {
    guard let map = maps[name] ?? bpf_object__find_map_by_name(handle, name) else { return nil }
    let type = bpf_map__type(map)
    let perCPU = [
      BPF_MAP_TYPE_PERCPU_HASH, BPF_MAP_TYPE_PERCPU_ARRAY, BPF_MAP_TYPE_LRU_PERCPU_HASH,
    ]
    return MapHandle(
      name: name, descriptor: bpf_map__fd(map), keySize: Int(bpf_map__key_size(map)),
      valueSize: Int(bpf_map__value_size(map)), capacity: Int(bpf_map__max_entries(map)),
      isPerCPU: perCPU.contains(type),
      isArray: type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_PERCPU_ARRAY)
  }

  /// Returns the memory of the map of the section `name`, which programs and process share; nil if there is no such map
  /// or the kernel cannot share it. It can be used as long as the object is loaded.
  public func sharedMemory(ofSection name: String) -> UnsafeMutableRawBufferPointer? {
    guard let map = bpf_object__find_map_by_name(handle, name) else { return nil }
    var size = 0
    guard let initialValue = bpf_map__initial_value(map, &size) else { return nil }
    let page = sysconf(Int32(_SC_PAGESIZE))
    // libbpf keeps the initial value in pages of its own, which it unmaps at the end. Before 1.6 it puts the map's
    // memory in their place only for skeletons (bpf_object__load_skeleton), so that we do.
    let address = mmap(
      UnsafeMutableRawPointer(mutating: initialValue), (size + page - 1) / page * page,
      PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, bpf_map__fd(map), 0)
    if address == MAP_FAILED { return nil }
    return UnsafeMutableRawBufferPointer(start: address, count: size)
  }

}

/// What the verifier said about a program.
public struct VerifierLog: Hashable, Sendable {

  /// The name of the program.
  public let program: String

  /// The text.
  public let text: String

}

/// Why an object could not be loaded.
public struct ObjectFault: Error, Hashable, Sendable {

  /// The call that failed.
  public let error: SystemError

  /// The program that the kernel refused, if it was one.
  public let program: String?

  /// The map that the kernel refused, if it was one.
  public let map: String?

  /// What the verifier said; empty if it was not asked.
  public let log: String

  /// The warnings that libbpf had.
  public let warnings: [String]

}
