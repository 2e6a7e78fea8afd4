import CBPF
import Glibc
import Synchronization

/// Loads programs for targets while libbpf loads the object that they are in.
///
/// libbpf would look targets up by name in the kernel's type information, of which it reads everything; and it knows of one
/// target for each program. So it calls us when it has a program ready, and we load that for all targets but one.
enum TracingLoads {

  /// A target as the kernel is told of it.
  struct Target: Sendable {

    /// The number of the type.
    let typeNumber: UInt32

    /// The open file that stands for a module's type information, 0 for the kernel's.
    let typesFile: Int32

    /// The open file that stands for a BPF program, 0 for none.
    let programFile: Int32

  }

  /// A request that is being carried out.
  struct Pending: Sendable {

    /// The request.
    let request: TracingRequest

    /// The targets; those that are not there are the error of looking for them.
    let targets: [Result<Target, SystemError>]

    /// For each target the open file of the program, or the negative error number; empty before the program was loaded.
    var results: [Int32] = []

    /// The index of the target that libbpf loads the program for.
    var own = 0

  }

  /// The requests of the object that is being loaded, by the name of the program, and whether libbpf knows of us.
  private static let state = Mutex((pending: [String: Pending](), isRegistered: false))

  /// Makes libbpf call us for programs for targets, in objects that are opened from now on.
  static func register() {
    let isFirst = state.withLock { s in
      defer { s.isRegistered = true }
      return !s.isRegistered
    }
    if !isFirst { return }
    for kind in TracingRequest.Kind.allCases {
      _ = kind.section.withCString { section in
        cbpf_register_tracing_section(section) { program, options, _ in
          guard let program, let options else { return -EINVAL }
          return TracingLoads.prepare(program, options)
        }
      }
    }
  }

  /// Returns what `body`, which loads an object with libbpf, returns, and what became of `requests`, by program.
  static func carryingOut<Result>(
    _ requests: [String: Pending], _ body: () -> Result
  ) -> (Result, [String: Pending]) {
    if requests.isEmpty { return (body(), [:]) }
    state.withLock { $0.pending = requests }
    let result = body()
    let outcome = state.withLock { s in
      defer { s.pending = [:] }
      return s.pending
    }
    return (result, outcome)
  }

  /// Loads `program` for its targets but one, and says in `options` which one libbpf is to load it for.
  private static func prepare(
    _ program: OpaquePointer, _ options: UnsafeMutablePointer<bpf_prog_load_opts>
  ) -> Int32 {
    let name = String(cString: bpf_program__name(program))
    guard var pending = state.withLock({ $0.pending[name] }) else { return -EINVAL }
    let status = bpf_program__set_type(program, BPF_PROG_TYPE_TRACING)
    if status < 0 { return status }
    options.pointee.expected_attach_type = pending.request.kind.attachType
    if pending.targets.count > 1 { loadForAll(program, options.pointee, &pending) }
    switch pending.targets[pending.own] {
    case .success(let target): options.pointee.aim(at: target)
    case .failure(let error): return -error.number
    }
    state.withLock { $0.pending[name] = pending }
    return 0
  }

  /// Loads `program` for all of its targets; libbpf is to load it for the first one that the kernel accepts once more.
  private static func loadForAll(
    _ program: OpaquePointer, _ options: bpf_prog_load_opts, _ pending: inout Pending
  ) {
    let (code, count) = (bpf_program__insns(program), bpf_program__insn_cnt(program))
    var options = options
    options.log_level = 0
    options.log_buf = nil
    options.log_size = 0
    for target in pending.targets {
      switch target {
      case .success(let target):
        options.aim(at: target)
        pending.results.append(
          bpf_prog_load(
            BPF_PROG_TYPE_TRACING, bpf_program__name(program), pending.request.license, code, count, &options)
        )
      case .failure(let error): pending.results.append(-error.number)
      }
    }
    pending.own = pending.results.firstIndex { $0 >= 0 } ?? 0
  }

}

extension TracingRequest.Kind {

  /// The kernel's number of the kind.
  var attachType: bpf_attach_type {
    switch self {
    case .fentry: BPF_TRACE_FENTRY
    case .fexit: BPF_TRACE_FEXIT
    case .rawTracepoint: BPF_TRACE_RAW_TP
    case .iterator: BPF_TRACE_ITER
    }
  }

}

extension bpf_prog_load_opts {

  /// Makes the program be loaded for `target`.
  fileprivate mutating func aim(at target: TracingLoads.Target) {
    attach_btf_id = target.typeNumber
    attach_btf_obj_fd = UInt32(target.typesFile)
    attach_prog_fd = UInt32(target.programFile)
  }

}
