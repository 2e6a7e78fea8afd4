import CBPF
import Glibc

/// Questions to the kernel, each asked by trying something that has no effect.
public enum KernelProbe {

  /// A kind of program.
  public enum Kind: Hashable, Sendable {

    /// `BPF_PROG_TYPE_KPROBE`.
    case kprobe

    /// `BPF_PROG_TYPE_KPROBE` for many functions at once.
    case kprobeMulti

    /// `BPF_PROG_TYPE_KPROBE` for the entries and returns of many functions at once.
    case kprobeSession
    /// `BPF_PROG_TYPE_KPROBE` for many places of a file at once.
    case uprobeMulti

    /// `BPF_PROG_TYPE_TRACEPOINT`.
    case tracepoint

    /// `BPF_PROG_TYPE_RAW_TRACEPOINT`.
    case rawTracepoint

    /// `BPF_PROG_TYPE_PERF_EVENT`.
    case perfEvent

    /// The numbers of the kind of program and of the way of attaching it.
    fileprivate var types: (bpf_prog_type, bpf_attach_type) {
      switch self {
      case .kprobe: (BPF_PROG_TYPE_KPROBE, bpf_attach_type(0))
      case .kprobeMulti: (BPF_PROG_TYPE_KPROBE, BPF_TRACE_KPROBE_MULTI)
      case .kprobeSession: (BPF_PROG_TYPE_KPROBE, cbpf_trace_kprobe_session)
      case .uprobeMulti: (BPF_PROG_TYPE_KPROBE, cbpf_trace_uprobe_multi)
      case .tracepoint: (BPF_PROG_TYPE_TRACEPOINT, bpf_attach_type(0))
      case .rawTracepoint: (BPF_PROG_TYPE_RAW_TRACEPOINT, bpf_attach_type(0))
      case .perfEvent: (BPF_PROG_TYPE_PERF_EVENT, bpf_attach_type(0))
      }
    }

  }

  /// Returns a program of the given kind that calls the given helpers with the context and 0 as arguments, reads 4 bytes
  /// behind what the last one returned iff `readsResult`, and returns 0.
  public static func load(
    _ kind: Kind, calling helpers: [Int32] = [], readsResult: Bool = false
  ) throws(SystemError) -> FileDescriptor {
    LibbpfMessages.install()
    var code: [UInt64] = [0xb7 | 2 << 8]  // r2 = 0, for helpers that take a number behind the context
    for helper in helpers { code.append(0x85 | UInt64(UInt32(bitPattern: helper)) << 32) }
    if readsResult { code.append(0x61 | 0x01 << 8) }  // r1 = *(u32 *)(r0 + 0)
    code.append(0xb7)  // r0 = 0
    code.append(0x95)  // exit
    let (type, attachType) = kind.types
    return FileDescriptor(
      owning: try check("bpf_prog_load", cbpf_load_program(type, attachType, code, code.count)))
  }

  /// Loads a program, which is not attached, for the entry of the function with the given number in the kernel's type
  /// information.
  public static func loadForEntry(ofFunction number: UInt32) throws(SystemError) {
    LibbpfMessages.install()
    let code: [UInt64] = [0xb7, 0x95]
    close(try check("bpf_prog_load", cbpf_load_program_for_entry(number, code, code.count)))
  }

  /// Returns `true` iff the kernel can attach `program`, of the kind `kprobeMulti` or `kprobeSession`, to many functions at once.
  ///
  /// It is asked to attach to addresses that it cannot read: kernels that can complain about them, the others about the
  /// request (`bpf_kprobe_multi_link_attach`, kernel/trace/bpf_trace.c).
  public static func canAttachToManyFunctions(_ program: borrowing FileDescriptor, _ kind: Kind) -> Bool {
    cbpf_link_unreadable_addresses(program.number, kind.types.1) == -EFAULT
  }

  /// Returns `true` iff the kernel can attach `program`, of the kind `uprobeMulti`, to many places at once, those of one process
  /// if that is asked for.
  ///
  /// The first kernels that could mistook the process for its first thread (commit 46ba0e49b642). They look for the process
  /// -1, where the others refuse it as none (`bpf_uprobe_multi_link_attach`, kernel/trace/bpf_trace.c).
  public static func canAttachToManyPlaces(_ program: borrowing FileDescriptor) -> Bool {
    var (offset, cookie) = (UInt64(0), UInt64(0))
    let link = cbpf_link_user_code(program.number, "/", &offset, nil, &cookie, 1, false, .max)
    if link >= 0 { close(link) }
    guard link == -EINVAL else { return false }
    // So do kernels that have no such links, but they refuse it for all processes, too.
    return cbpf_link_user_code(program.number, "/", &offset, nil, &cookie, 1, false, 0) == -EBADF
  }

  /// Returns `true` iff programs of the given kind may call the function of the kernel with the number `function` in its type
  /// information.
  ///
  /// A program that calls it without arguments is seldom valid; but the verifier says something else about one that may not call
  /// it at all: "calling kernel function … is not allowed" (`check_kfunc_call`, kernel/bpf/verifier.c).
  public static func allowsCall(of function: Int32, in kind: Kind) -> Bool {
    LibbpfMessages.install()
    let call: UInt64 = 0x85 | 2 << 12 | UInt64(UInt32(bitPattern: function)) << 32  // BPF_PSEUDO_KFUNC_CALL
    let code: [UInt64] = [call, 0xb7, 0x95]
    let (type, attachType) = kind.types
    var log = [CChar](repeating: 0, count: 1 << 16)
    let program = cbpf_load_program_with_log(type, attachType, code, code.count, &log, log.count)
    if program >= 0 {
      close(program)
      return true
    }
    let words = String(decoding: log.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Before functions are looked at, nothing is said about what a program may call.
    return program == -EACCES || program == -EINVAL
      ? !words.isEmpty
        && !["is not allowed", "is not a function", "not supported", "not found"].contains {
          words.contains($0)
        }
      : false
  }

  /// Runs `program`, of the kind `rawTracepoint`.
  public static func run(_ program: borrowing FileDescriptor) throws(SystemError) {
    try check("bpf_prog_test_run", cbpf_run_program(program.number, -1))
  }

  /// Creates a ring buffer and removes it again.
  public static func createRingBuffer() throws(SystemError) {
    LibbpfMessages.install()
    let size = UInt32(sysconf(Int32(_SC_PAGESIZE)))
    let map = try check(
      "bpf_map_create", bpf_map_create(BPF_MAP_TYPE_RINGBUF, "apus_probe", 0, 0, size, nil))
    close(map)
  }

}
