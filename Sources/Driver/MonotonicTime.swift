import Glibc

/// The time by which is measured how long something takes.
enum MonotonicTime {

  /// Returns the time of a clock that only goes forward, in nanoseconds.
  static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

}
