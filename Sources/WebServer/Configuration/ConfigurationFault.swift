/// What is wrong with a configuration, and where.
struct ConfigurationFault: Error, Hashable {

  /// The line, counted from 1.
  let line: Int

  /// The column, counted from 1.
  let column: Int

  /// What is wrong.
  let message: String

  /// Returns what the user is told if the configuration is in `file`. The line itself is not shown: it may
  /// hold a secret.
  func text(in file: String) -> String { "\(file):\(line):\(column): \(message)" }

}
