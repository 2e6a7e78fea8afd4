import Glibc
import Semantics
import Types

/// Environment variables, and the settings that they make: `BPFTRACE_MAX_STRLEN=64` is `max_strlen = 64`.
enum Environment {

  /// Returns the value of the variable `name`, nil if it is not set.
  static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Returns the settings by key, or ends the run with what is wrong with one.
  static func settings() throws(Stop) -> [String: String] {
    var result: [String: String] = [:]
    for key in Settings.keys {
      let variable = "BPFTRACE_" + key.uppercased()
      guard let value = value(of: variable) else { continue }
      var trial = Settings()
      if let expected = trial.apply(key: key, variable: value) {
        throw Stop("the environment variable '\(variable)' must be \(expected), not '\(value)'")
      }
      result[key] = value
    }
    return result
  }

}
