/// A clock of the kernel, which says what the nanoseconds of a moment are counted from.
public enum Clock: Hashable, Codable, Sendable {

  /// `CLOCK_BOOTTIME`: from the machine's start, time asleep included.
  case boot

  /// `CLOCK_MONOTONIC`: from the machine's start, without the time asleep.
  case monotonic

  /// `CLOCK_TAI`: from 1970, with the leap seconds.
  case tai

}
