/// What a script is run for.
public enum RunMode: String, Hashable, Codable, Sendable {

  /// To trace: what is only for tests and measurements is left out.
  case trace

  /// To run its tests (`--test`).
  case test

  /// To measure how long its benchmarks take (`--bench`).
  case bench

}
