import CBPF
import Glibc

/// The memory in which the kernel notes how often it throttled a perf event, whose program makes no records itself.
///
/// An event that comes more often than `kernel.perf_event_max_sample_rate` allows is left out until the next tick.
public struct ThrottleRecords: ~Copyable, Sendable {

  /// The first page, behind which is one for records.
  private nonisolated(unsafe) let page: UnsafeMutableRawPointer

  /// Maps the memory of `event`, nil if the kernel has none for it.
  ///
  /// Since it is mapped for reading only, the kernel writes on over what it wrote before, and only where it writes counts.
  public init?(of event: borrowing FileDescriptor) {
    let size = 2 * Int(getpagesize())
    guard let page = mmap(nil, size, PROT_READ, MAP_SHARED, event.number, 0), page != MAP_FAILED else {
      return nil
    }
    self.page = page
  }

  /// Unmaps the memory.
  deinit { munmap(page, 2 * Int(getpagesize())) }

  /// The number of times that the event was throttled.
  ///
  /// There is a record for each time, and one for each time that it went on: `perf_log_throttle` in `kernel/events/core.c`.
  public var count: UInt64 {
    let head = cbpf_ring_head(page.assumingMemoryBound(to: perf_event_mmap_page.self))
    return (head / Self.recordSize + 1) / 2
  }

  /// The number of bytes of a record: its header, a time and two identifiers.
  private static let recordSize: UInt64 = 32

}

/// The times that perf events of programs were throttled.
public final class ThrottleCounts {

  /// The memory of one event.
  private final class Entry {

    /// The open file of the program that is attached to it.
    let program: Int32

    /// The memory.
    let records: ThrottleRecords

    /// Creates an instance with the given properties.
    init(_ program: Int32, _ records: consuming ThrottleRecords) {
      self.program = program
      self.records = records
    }

  }

  /// The events.
  private var entries: [Entry] = []

  /// The number of nanoseconds between samples that come as often as the kernel allows: `kernel.perf_event_max_sample_rate` is the
  /// number of them in a second.
  private lazy var shortestPeriod = 1_000_000_000 / max(1, PerfEvent.greatestSampleRate())

  /// Creates an instance without events.
  public init() {}

  /// Counts for `event`, which `program` is attached to, if the kernel does; `clockPeriod` is the number of nanoseconds between two of
  /// them if it comes from a clock.
  ///
  /// A clock that is due much less often than the kernel allows is throttled only where a CPU is idle: it has no ticks then, which
  /// would begin new accounts. Samples of idleness are all that is lost by that, so it is not counted.
  public func add(
    _ event: borrowing FileDescriptor, of program: ProgramHandle, clockPeriod: UInt64? = nil
  ) {
    if let clockPeriod, clockPeriod >= 2 * shortestPeriod { return }
    guard let records = ThrottleRecords(of: event) else { return }
    entries.append(Entry(program.descriptor, records))
  }

  /// How often events of each program were throttled, by the program's open file.
  public var counts: [Int32: UInt64] {
    entries.reduce(into: [:]) { $0[$1.program, default: 0] += $1.records.count }
  }

}
