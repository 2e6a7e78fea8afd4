import Glibc

/// Says when it is time to report losses while a script runs.
struct ReportClock {

  /// The time from one report to the next in nanoseconds.
  private static let period: Int64 = 10_000_000_000

  /// When the next report is due, in nanoseconds of the monotonic clock.
  private var nextTime = WallClock.now(CLOCK_MONOTONIC) + ReportClock.period

  /// How many milliseconds `poll` may wait for something else.
  var patience: Int32 {
    let rest = nextTime - WallClock.now(CLOCK_MONOTONIC)
    return rest <= 0 ? 0 : Int32(rest / 1_000_000) + 1
  }

  /// Returns `true` iff a report is due, once for each report.
  mutating func isDue() -> Bool {
    let now = WallClock.now(CLOCK_MONOTONIC)
    if now < nextTime { return false }
    nextTime = now + ReportClock.period
    return true
  }

}
