import Glibc
import Testing
import Types

@testable import Runtime

/// Moments of the kernel's clock as people read them.
@Suite struct WallClockTests {

  /// Returns the boot time of the given seconds of the epoch.
  private func bootTime(ofEpochSeconds seconds: Int64) -> UInt64 {
    let now = WallClock.now(CLOCK_REALTIME) / 1_000_000_000
    return UInt64(bitPattern: WallClock.now(CLOCK_BOOTTIME) &+ (seconds - now) * 1_000_000_000)
  }

  @Test func now() {
    let clock = WallClock()
    var before = time(nil)
    let text = String(
      decoding: clock.text(of: UInt64(WallClock.now(CLOCK_BOOTTIME)), as: "%s"), as: UTF8.self)
    before -= 1
    #expect(Int(text).map { $0 >= before && $0 <= time(nil) + 1 } == true)
  }

  @Test(arguments: [(Clock.boot, CLOCK_BOOTTIME), (.monotonic, CLOCK_MONOTONIC), (.tai, CLOCK_TAI)])
  func allClocksTellTheSameTime(clock: Clock, identifier: clockid_t) {
    let before = time(nil) - 1
    let text = WallClock().text(of: UInt64(WallClock.now(identifier)), on: clock, as: "%s")
    let second = Int(String(decoding: text, as: UTF8.self))
    #expect(second.map { $0 >= before && $0 <= time(nil) + 1 } == true)
  }

  @Test func longAndEmptyFormats() {
    let clock = WallClock()
    let moment = UInt64(WallClock.now(CLOCK_BOOTTIME))
    #expect(clock.text(of: moment, as: "") == [])
    let long = String(repeating: "%A ", count: 400)
    #expect(clock.text(of: moment, as: long).split(separator: 32).count == 400)
    #expect(clock.text(of: moment, as: "ü%%") == Array("ü%".utf8))
  }

  @Test func anyMomentIsFine() {
    let clock = WallClock()
    for moment in [UInt64(0), .max, 1 << 63, UInt64(Int64.max)] { _ = clock.text(of: moment, as: "%F") }
    #expect(!clock.text(of: bootTime(ofEpochSeconds: 1_000_000_000), as: "%F").isEmpty)
  }

}
