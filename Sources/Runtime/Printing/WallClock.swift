import Glibc
import Types

/// Tells the time of day of moments of the kernel's clocks.
///
/// The time zone is read by the C library when the first moment is told.
struct WallClock {

  /// Returns the moment `nanoseconds` of `clock` as `strftime` does with `format`, in which `%f` stands for the microseconds.
  func text(of nanoseconds: UInt64, on clock: Clock = .boot, as format: String) -> [UInt8] {
    let moment = Int64(bitPattern: nanoseconds) &+ Self.offset(of: clock)
    let part = moment % 1_000_000_000
    var seconds = time_t(moment / 1_000_000_000 - (part < 0 ? 1 : 0))
    let format = Self.filled(format, withMicroseconds: (part < 0 ? part + 1_000_000_000 : part) / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    // An empty result cannot be told from one that is too long, so a character is added.
    var capacity = max(256, format.utf8.count * 4)
    while capacity <= 1 << 20 {
      let text = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        count = buffer.withMemoryRebound(to: CChar.self) {
          strftime($0.baseAddress, capacity, format + ".", &parts)
        }
      }
      if !text.isEmpty { return text.dropLast() }
      capacity *= 4
    }
    return []
  }

  /// Returns `format` with six digits in place of each `%f`.
  private static func filled(_ format: String, withMicroseconds microseconds: Int64) -> String {
    guard format.contains("%f") else { return format }
    let digits = String(microseconds)
    let text = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    var result = ""
    var isConversion = false
    for character in format {
      if isConversion && character == "f" {
        result.removeLast()
        result += text
      } else {
        result.append(character)
      }
      isConversion = character == "%" && !isConversion
    }
    return result
  }

  /// Returns the date (`2026-11-21`) and the time of day (`03:07:14`), `second` seconds behind the epoch.
  static func dateAndTime(ofSecond second: Int64) -> (date: String, time: String) {
    var seconds = time_t(second)
    var parts = tm()
    localtime_r(&seconds, &parts)

    /// Returns the digits of `number`, at least two.
    func digits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }

    let date = "\(parts.tm_year + 1900)-\(digits(parts.tm_mon + 1))-\(digits(parts.tm_mday))"
    return (date, "\(digits(parts.tm_hour)):\(digits(parts.tm_min)):\(digits(parts.tm_sec))")
  }

  /// Returns the nanoseconds from the epoch to the moment at which `clock` was at 0, as things are now.
  ///
  /// Moments of the monotonic clock are seen as if the machine had not slept since.
  private static func offset(of clock: Clock) -> Int64 {
    let identifier =
      switch clock {
      case .boot: CLOCK_BOOTTIME
      case .monotonic: CLOCK_MONOTONIC
      case .tai: CLOCK_TAI
      }
    return now(CLOCK_REALTIME) &- now(identifier)
  }

  /// Returns how many nanoseconds `clock` is ahead of the boot-time clock.
  static func lead(of clock: clockid_t) -> Int64 {
    // Read between two readings of the other clock, which takes well below a microsecond.
    let before = now(CLOCK_BOOTTIME)
    let time = now(clock)
    return time &- before &- (now(CLOCK_BOOTTIME) &- before) / 2
  }

  /// Returns the nanoseconds that `clock` shows.
  static func now(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

}
