import CBPF

/// Attachments of programs, each one open file: a program is attached as long as the file is open.
public enum Link {

  /// Attaches `program` to `event`, for it to see `cookie`.
  public static func attach(
    _ program: ProgramHandle, to event: borrowing FileDescriptor, cookie: UInt64
  ) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      owning: try check("bpf_link_create", cbpf_link_event(program.descriptor, event.number, cookie)))
  }

  /// Attaches `program`, which was loaded for a target, to that, for it to see `cookie`.
  public static func attach(
    _ program: ProgramHandle, as kind: TracingRequest.Kind, cookie: UInt64 = 0
  ) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      owning: try check(
        "bpf_link_create", cbpf_link_tracing(program.descriptor, kind.attachType, cookie)))
  }

  /// Attaches `program` to what the tracepoint `event` hands to programs.
  public static func attach(
    _ program: ProgramHandle, toRawTracepoint event: String
  ) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      owning: try check("bpf_raw_tracepoint_open", bpf_raw_tracepoint_open(event, program.descriptor)))
  }

  /// What an iterator goes through.
  public enum IteratorScope: Hashable, Sendable {

    /// All that there is.
    case everything

    /// What belongs to a process.
    case process(Int32)

    /// Control groups, each in front of those in it; the kernel wants to be told an order.
    case allControlGroups

  }

  /// Attaches `program`, which was loaded for an iterator, to that.
  public static func attach(
    _ program: ProgramHandle, toIterator scope: IteratorScope
  ) throws(SystemError) -> FileDescriptor {
    let link =
      switch scope {
      case .everything: cbpf_link_iterator(program.descriptor, 0, 0)
      case .process(let process): cbpf_link_iterator(program.descriptor, UInt32(process), 0)
      case .allControlGroups:
        cbpf_link_iterator(program.descriptor, 0, BPF_CGROUP_ITER_DESCENDANTS_PRE.rawValue)
      }
    return FileDescriptor(owning: try check("bpf_link_create", link))
  }

  /// Returns an open file whose reading runs the program of the iterator `link` for one object after the other.
  public static func open(iterator link: borrowing FileDescriptor) throws(SystemError) -> FileDescriptor {
    FileDescriptor(owning: try check("bpf_iter_create", bpf_iter_create(link.number)))
  }

  /// Lets `link` live on as the file `path`, which must be in a BPF file system.
  public static func pin(_ link: borrowing FileDescriptor, to path: String) throws(SystemError) {
    try check("bpf_obj_pin", bpf_obj_pin(link.number, path))
  }

  /// Where in functions a program runs.
  public enum FunctionPart: Hashable, Sendable {

    /// At the entry.
    case entry

    /// At the return.
    case `return`

    /// At both, for programs loaded for that (kernel 6.10 and later).
    case both

  }

  /// Attaches `program` to the given part of the kernel functions `functions`, for it to see the cookie at the same index
  /// (kernel 5.18 and later).
  ///
  /// The kernel refuses all if one is unknown (`ESRCH`) or named twice.
  ///
  /// - Requires: `functions.count == cookies.count`.
  public static func attach(
    _ program: ProgramHandle, to part: FunctionPart, ofFunctions functions: [String], cookies: [UInt64]
  ) throws(SystemError) -> FileDescriptor {
    precondition(functions.count == cookies.count, "one cookie for each function")
    let names = CStrings(functions)
    let result = cookies.withUnsafeBufferPointer { c in
      cbpf_link_functions(
        program.descriptor, part == .both ? cbpf_trace_kprobe_session : BPF_TRACE_KPROBE_MULTI,
        names.pointers,
        c.baseAddress, UInt32(functions.count), part == .return)
    }
    return FileDescriptor(owning: try check("bpf_link_create", result))
  }

  /// Attaches `program` to places in the file at `path`, or to the returns of the functions that begin there, for it to see the
  /// cookie at the same index, in the given process or in all (kernel 6.6 and later).
  ///
  /// `semaphores` are the places in the file of counters that the kernel raises meanwhile, 0 where there is none; it may be empty.
  ///
  /// - Requires: `offsets.count == cookies.count`, and so with `semaphores` unless it is empty.
  public static func attach(
    _ program: ProgramHandle, toFile path: String, offsets: [UInt64], semaphores: [UInt64] = [],
    cookies: [UInt64], isReturn: Bool, process: Int32?
  ) throws(SystemError) -> FileDescriptor {
    precondition(offsets.count == cookies.count, "one cookie for each place")
    precondition(semaphores.isEmpty || semaphores.count == offsets.count, "one semaphore for each place")
    let result = semaphores.withUnsafeBufferPointer { s in
      cbpf_link_user_code(
        program.descriptor, path, offsets, semaphores.isEmpty ? nil : s.baseAddress, cookies,
        UInt32(offsets.count), isReturn, UInt32(bitPattern: process ?? 0))
    }
    return FileDescriptor(owning: try check("bpf_link_create", result))
  }

}

/// Strings as C wants several of them: an array of addresses of text that ends with a zero byte.
private struct CStrings: ~Copyable {

  /// The addresses.
  let pointers: UnsafeMutablePointer<UnsafePointer<CChar>?>

  /// The text, one string after the other.
  private let text: UnsafeMutablePointer<CChar>

  /// Creates an instance with the given strings.
  init(_ strings: [String]) {
    let total = strings.reduce(1) { $0 + $1.utf8.count + 1 }
    text = .allocate(capacity: total)
    pointers = .allocate(capacity: strings.count + 1)
    var offset = 0
    for (i, string) in strings.enumerated() {
      pointers[i] = UnsafePointer(text + offset)
      for byte in string.utf8 {
        text[offset] = CChar(bitPattern: byte)
        offset += 1
      }
      text[offset] = 0
      offset += 1
    }
  }

  /// Releases the memory.
  deinit {
    text.deallocate()
    pointers.deallocate()
  }

}
