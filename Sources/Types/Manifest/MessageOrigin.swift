/// Where a message that a script prints comes from.
public struct MessageOrigin: Hashable, Codable, Sendable {

  /// How serious a message is.
  public enum Level: String, Hashable, Codable, Sendable {

    /// `errorf`.
    case error = "ERROR"

    /// `warnf`.
    case warning = "WARNING"

  }

  /// How serious the message is.
  public let level: Level

  /// The name of the script.
  public let file: String

  /// The lines, or the line and the columns, of the call: `1:9-62`.
  public let range: String

  /// The line that the call begins in, counted from 1.
  public let line: Int

  /// The column that the call begins in, counted from 1.
  public let column: Int

  /// Creates an instance with the given properties.
  public init(level: Level, file: String, range: String, line: Int, column: Int) {
    self.level = level
    self.file = file
    self.range = range
    self.line = line
    self.column = column
  }

}
