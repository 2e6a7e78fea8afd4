/// How long a server that could not be reached is left alone.
enum RetryPause {

  /// The greatest pause in milliseconds, but for what chance adds.
  static let longest = 30_000

  /// Returns the milliseconds after `failureCount` failures in a row, at least 1: twice as many each time, a quarter more or less by
  /// chance, so that machines which lost a server at one moment do not come back at one.
  static func milliseconds(after failureCount: Int, using generator: inout some RandomNumberGenerator) -> Int
  {
    let pause = min(longest, 1000 << min(max(0, failureCount - 1), 10))
    return pause + Int.random(in: -pause / 4...pause / 4, using: &generator)
  }

}
