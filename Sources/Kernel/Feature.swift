/// Something that a kernel may or may not be able to do.
public enum Feature: String, Hashable, Codable, Sendable, CaseIterable {

  /// Probes on kernel functions.
  case kprobes = "kprobe"

  /// One link for kprobes on many functions.
  case kprobeMulti = "kprobe_multi"

  /// One program and one link for kprobes on the entries and returns of many functions.
  case kprobeSession = "kprobe_session"

  /// Probes on functions of processes.
  case uprobes = "uprobe"

  /// One link for probes on many functions of a program or library, those of one process if that is asked for.
  case uprobeMulti = "uprobe_multi"

  /// Probes on kernel functions by trampolines, with typed arguments.
  case fentry

  /// Programs that go through objects of the kernel.
  case iterators = "iter"

  /// Tracepoints through `perf_event_open`.
  case tracepoints = "tracepoint"

  /// Type information about the kernel.
  case btf = "btf"

  /// Ring buffers.
  case ringBuffer = "ringbuf"

  /// Cookies that tell one attach point of a program from another.
  case attachCookie = "attach_cookie"

  /// The current task as a pointer that can be followed without a helper.
  case currentTaskBTF = "current_task_btf"

  /// Running raw tracepoint programs on request.
  case testRun = "test_run"

  /// The clock of International Atomic Time for programs.
  case atomicTime = "ktime_get_tai_ns"

  /// Kprobes that replace the result of the function.
  case overrideReturn = "override_return"

  /// Writing to the memory of processes.
  case writeUser = "probe_write_user"

  /// The release that has it first.
  public var minimumRelease: String {
    switch self {
    case .kprobes: "4.1"
    case .uprobes: "4.1"
    case .tracepoints: "4.7"
    case .btf: "4.18"
    case .ringBuffer: "5.8"
    case .fentry: "5.5"
    case .iterators: "5.8"
    case .testRun: "5.10"
    case .currentTaskBTF: "5.11"
    case .attachCookie: "5.15"
    case .overrideReturn: "4.16"
    case .writeUser: "4.8"
    case .atomicTime: "6.1"
    case .kprobeMulti: "5.18"
    case .kprobeSession: "6.10"
    case .uprobeMulti: "6.6"
    }
  }

  /// The option that the kernel must be built with, if one decides it.
  public var configurationOption: String? {
    switch self {
    case .kprobes: "CONFIG_KPROBES"
    case .kprobeMulti, .kprobeSession: "CONFIG_FPROBE"
    case .uprobes, .uprobeMulti: "CONFIG_UPROBES"
    case .tracepoints: "CONFIG_BPF_EVENTS"
    case .fentry: "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS"
    case .btf: "CONFIG_DEBUG_INFO_BTF"
    case .overrideReturn: "CONFIG_BPF_KPROBE_OVERRIDE"
    default: nil
    }
  }

}

/// Whether a kernel has a feature.
public enum FeatureStatus: Hashable, Sendable {

  /// It has.
  case available

  /// It has not.
  case missing

  /// It could not be found out, for the given reason.
  case unknown(String)

  /// `true` iff the kernel is known to have the feature.
  public var isAvailable: Bool { self == .available }

}
