import Glibc

/// The clocks.
enum Moments {

  /// The moment at hand.
  static var now: ItemWriter.Moment {
    ItemWriter.Moment(time: nanoseconds(CLOCK_REALTIME), steadyTime: nanoseconds(CLOCK_MONOTONIC))
  }

  /// Returns the nanoseconds that `clock` shows.
  private static func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

}
