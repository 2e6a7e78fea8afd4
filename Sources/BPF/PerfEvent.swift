import CBPF
import Glibc

/// Events of the kernel that programs can be attached to, each one open file.
public enum PerfEvent {

  /// Returns an event on the tracepoint with the given number, on all CPUs.
  ///
  /// The kernel runs a tracepoint's programs on every CPU whichever one the event is opened for
  /// (`perf_event_attach_bpf_prog`, kernel/trace/bpf_trace.c).
  public static func tracepoint(_ id: Int, cpu: Int32) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      owning: try check("perf_event_open", cbpf_open_tracepoint_event(UInt64(id), cpu)))
  }

  /// Returns an event on a kprobe, on all CPUs: at `offset` bytes behind the start of `function`, or at the address
  /// `offset` if `function` is nil; on return iff `isReturn`.
  public static func kprobe(
    function: String?, offset: UInt64, isReturn: Bool, source: UInt32, cpu: Int32
  ) throws(SystemError) -> FileDescriptor {
    let result =
      if let function {
        cbpf_open_kprobe_event(source, function, offset, isReturn, cpu)
      } else {
        cbpf_open_kprobe_event(source, nil, offset, isReturn, cpu)
      }
    return FileDescriptor(owning: try check("perf_event_open", result))
  }

  /// Returns an event on a uprobe at `offset` in the file at `path`, in the given process or in all; on return iff `isReturn`.
  ///
  /// `semaphore` is the place in the file of a counter that the kernel raises meanwhile, 0 if there is none (kernel 4.20 and
  /// later).
  public static func uprobe(
    path: String, offset: UInt64, semaphore: UInt32 = 0, isReturn: Bool, process: Int32?, source: UInt32
  ) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      owning: try check(
        "perf_event_open", cbpf_open_uprobe_event(source, path, offset, semaphore, isReturn, process ?? -1)))
  }

  /// Returns an event every `period` nanoseconds of the clock of `cpu`, which waits to be enabled.
  public static func clock(period: UInt64, cpu: Int32) throws(SystemError) -> FileDescriptor {
    try counter(
      UInt64(PERF_COUNT_SW_CPU_CLOCK.rawValue), isHardware: false, period: period, scope: .cpu(cpu))
  }

  /// Returns an event that fires whenever the kernel or, iff `isHardware`, the processor has counted `period` of `event`, and
  /// that waits to be enabled.
  public static func counter(
    _ event: UInt64, isHardware: Bool, period: UInt64, scope: EventScope
  ) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      owning: try check(
        "perf_event_open",
        cbpf_open_counter_event(isHardware, event, period, scope.thread, scope.cpu)))
  }

  /// Returns an event that fires when one of the `length` bytes at `address` is accessed, and that waits to be enabled; `access`
  /// has the bits of `HW_BREAKPOINT_R` and its like.
  public static func breakpoint(
    at address: UInt64, length: UInt64, access: UInt32, scope: EventScope
  ) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      owning: try check(
        "perf_event_open", cbpf_open_breakpoint_event(address, length, access, scope.thread, scope.cpu)))
  }

  /// Starts an event that waits to be enabled.
  public static func enable(_ event: borrowing FileDescriptor) throws(SystemError) {
    try check("ioctl(PERF_EVENT_IOC_ENABLE)", cbpf_enable_event(event.number))
  }

  /// How little the kernel lets those do with events who are not root (`kernel.perf_event_paranoid`), nil if it does not tell.
  public static func paranoia() -> Int? {
    guard let text = readSmallFile("/proc/sys/kernel/perf_event_paranoid") else { return nil }
    return Int(String(decoding: text, as: UTF8.self).filter { !$0.isWhitespace })
  }

  /// The number of the kernel's source of kprobe events, nil if it has none: it is built without `CONFIG_KPROBES`.
  public static func kprobeSource() -> UInt32? { source("kprobe") }

  /// The number of the kernel's source of uprobe events, nil if it has none: it is built without `CONFIG_UPROBES`.
  public static func uprobeSource() -> UInt32? { source("uprobe") }

  /// The greatest number of samples a second that the kernel takes for one event (`kernel.perf_event_max_sample_rate`), 100 000 if
  /// it does not tell.
  public static func greatestSampleRate() -> UInt64 {
    let text = readSmallFile("/proc/sys/kernel/perf_event_max_sample_rate") ?? []
    return UInt64(String(decoding: text, as: UTF8.self).filter(\.isNumber)) ?? 100_000
  }

  /// The number of the kernel's source of events with the given name, nil if it has none.
  private static func source(_ name: String) -> UInt32? {
    guard let text = readSmallFile("/sys/bus/event_source/devices/\(name)/type") else { return nil }
    return UInt32(String(decoding: text, as: UTF8.self).filter(\.isNumber))
  }

}
