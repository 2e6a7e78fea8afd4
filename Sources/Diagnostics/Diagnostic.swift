/// A message about a place in a script.
public struct Diagnostic: Hashable, Codable, Sendable {

  /// How serious a message is.
  public enum Level: String, Hashable, Codable, Sendable, Comparable {

    /// The script cannot run.
    case error = "ERROR"

    /// The script runs but may not do what was meant.
    case warning = "WARNING"

    /// Serious levels come first.
    public static func < (l: Level, r: Level) -> Bool { l == .error && r == .warning }

  }

  /// A second place that has to do with the fault.
  public struct Note: Hashable, Codable, Sendable {

    /// What is to be said about the place, in lower case and without a full stop.
    public let message: String

    /// The place.
    public let site: SourceSpan

    /// Creates an instance with the given properties.
    public init(_ message: String, at site: SourceSpan) {
      self.message = message
      self.site = site
    }

  }

  /// Something long that is worth knowing only to those who ask for more words.
  public struct Detail: Hashable, Codable, Sendable {

    /// What it is: "the members of 'struct sock'".
    public let title: String

    /// The lines.
    public let lines: [String]

    /// Creates an instance with the given properties.
    public init(_ title: String, lines: [String]) {
      self.title = title
      self.lines = lines
    }

  }

  /// How serious the message is.
  public let level: Level

  /// What is wrong, in lower case, code quoted with `'…'`, and without a full stop.
  public let message: String

  /// Where it is wrong.
  public let site: SourceSpan

  /// Other places that have to do with the fault.
  public let notes: [Note]

  /// What to do about it, if that can be said.
  public let hint: String?

  /// Something long to be known about it, if there is.
  public let detail: Detail?

  /// Creates an instance with the given properties.
  public init(
    _ level: Level, _ message: String, at site: SourceSpan, notes: [Note] = [], hint: String? = nil,
    detail: Detail? = nil
  ) {
    self.level = level
    self.message = message
    self.site = site
    self.notes = notes
    self.hint = hint
    self.detail = detail
  }

  /// Returns an error at `site`.
  public static func error(
    _ message: String, at site: SourceSpan, notes: [Note] = [], hint: String? = nil, detail: Detail? = nil
  ) -> Diagnostic {
    Diagnostic(.error, message, at: site, notes: notes, hint: hint, detail: detail)
  }

  /// Returns a warning at `site`.
  public static func warning(
    _ message: String, at site: SourceSpan, notes: [Note] = [], hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(.warning, message, at: site, notes: notes, hint: hint)
  }

  /// The message about the text itself, whatever calls of macros brought it where it is.
  var withoutExpansions: Diagnostic {
    if site.expansion == nil && notes.allSatisfy({ $0.site.expansion == nil }) { return self }
    return Diagnostic(
      level, message, at: site.expanded(in: nil),
      notes: notes.map { Note($0.message, at: $0.site.expanded(in: nil)) }, hint: hint, detail: detail)
  }

}
