import Glibc

/// Says when those who ask what a script holds are answered: however many ask, the thread that traces has as much time for
/// everything else as for them.
struct SnapshotPace {

  /// When the next answer may begin, in nanoseconds of the monotonic clock; 0 until there was one.
  private var nextTime: Int64 = 0

  /// Notes that an answer took the time from `start` to `end`, in nanoseconds of the monotonic clock.
  mutating func note(from start: Int64, to end: Int64) { nextTime = end + max(0, end - start) }

  /// Returns how many milliseconds the next answer is to wait at the time `now`, 0 if it need not.
  func pause(at now: @autoclosure () -> Int64) -> Int32 {
    if nextTime == 0 { return 0 }
    let rest = nextTime - now()
    return rest <= 0 ? 0 : Int32(clamping: rest / 1_000_000 + 1)
  }

}
