import Glibc
import Semantics
import Types

/// Settings that environment variables make: `BPFTRACE_MAX_STRLEN=64` is `max_strlen = 64`.
enum Environment {

  /// Returns the settings by key, or ends the run with what is wrong with one.
  static func settings() throws(Stop) -> [String: String] {
    var result: [String: String] = [:]
    for key in Settings.keys {
      let variable = "BPFTRACE_" + key.uppercased()
      guard let text = getenv(variable) else { continue }
      let value = String(cString: text)
      var trial = Settings()
      if let expected = trial.apply(key: key, variable: value) {
        throw Stop("the environment variable '\(variable)' must be \(expected), not '\(value)'")
      }
      result[key] = value
    }
    return result
  }

}
