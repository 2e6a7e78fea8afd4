import Glibc
import Metrics
import Storing

extension ProcessFigures {

  /// Creates what the system tells about this process now.
  init(reading start: ProcessStartTime) {
    self.init()
    var time = timespec()
    if clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 { cpuTime = time.nanoseconds }
    // The addresses that are reserved and the memory behind them in pages (proc(5), /proc/pid/statm).
    let pages = (SmallFile.contents(of: "/proc/self/statm") ?? []).split(separator: UInt8(ascii: " "))
      .map { UInt64(String(decoding: $0, as: UTF8.self)) }
    if pages.count > 1, let all = pages[0], let resident = pages[1] {
      let size = UInt64(max(1, sysconf(Int32(_SC_PAGESIZE))))
      virtualMemory = all * size
      residentMemory = resident * size
    }
    openFileCount = ProcessFigures.openFileCount()
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      openFileLimit = UInt64(limit.rlim_cur)
    }
    startTime = start.nanoseconds
  }

  /// Returns the number of open files, nil if the system does not tell.
  private static func openFileCount() -> UInt64? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    // The folder itself, that above it, and the open folder do not count.
    var count: UInt64 = 0
    while readdir(folder) != nil { count += 1 }
    return count >= 3 ? count - 3 : 0
  }

}

/// When the process was started.
///
/// It is found out once: the clocks that it is computed from drift, and a start that moves looks like a new process.
struct ProcessStartTime {

  /// The time in nanoseconds from the epoch, nil if the system does not tell.
  let nanoseconds: UInt64?

  /// Finds out when this process was started.
  init() {
    // The name of the program may hold anything; the 20th number behind it is the start in ticks of the clock that counts from the
    // machine's own start (proc(5), /proc/pid/stat).
    let text = SmallFile.contents(of: "/proc/self/stat") ?? []
    let name = text.lastIndex(of: UInt8(ascii: ")")) ?? text.startIndex
    let words = text[name...].split(separator: UInt8(ascii: " "))
    var (now, sinceBoot) = (timespec(), timespec())
    guard words.count > 20, let ticks = UInt64(String(decoding: words[20], as: UTF8.self)),
      clock_gettime(CLOCK_REALTIME, &now) == 0, clock_gettime(CLOCK_BOOTTIME, &sinceBoot) == 0
    else {
      nanoseconds = nil
      return
    }
    let perSecond = UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))
    let start = ticks.multipliedReportingOverflow(by: 1_000_000_000 / perSecond)
    let boot = now.nanoseconds.subtractingReportingOverflow(sinceBoot.nanoseconds)
    nanoseconds = start.overflow || boot.overflow ? nil : boot.partialValue &+ start.partialValue
  }

}

extension timespec {

  /// The time in nanoseconds.
  fileprivate var nanoseconds: UInt64 { UInt64(max(0, tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, tv_nsec)) }

}
