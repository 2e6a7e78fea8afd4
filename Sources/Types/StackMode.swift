/// How a stack is printed.
public enum StackMode: String, Hashable, Codable, Sendable, CaseIterable {

  /// Functions with offsets: `tcp_sendmsg+5`.
  case bpftrace

  /// Addresses, functions and files, as `perf script` prints them.
  case perf

  /// Addresses only.
  case raw

  /// Functions alone, the outermost first, in one line with semicolons between them, as programs that draw flame graphs take
  /// them.
  case folded

  /// Build identifiers of files and offsets in them, for programs that look up names elsewhere.
  case buildID = "build_id"

  /// The number of bytes that a frame takes where it is recorded: an address, or what `struct bpf_stack_build_id` of
  /// `include/uapi/linux/bpf.h` has.
  public var frameSize: Int { self == .buildID ? 32 : 8 }

  /// The number of frames that are recorded unless a script says otherwise, and the greatest one that the kernel takes
  /// unless it was told otherwise (`kernel.perf_event_max_stack`, `PERF_MAX_STACK_DEPTH` in
  /// `include/uapi/linux/perf_event.h`).
  public static let defaultDepth = 127

}
