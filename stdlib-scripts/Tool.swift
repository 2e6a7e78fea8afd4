/// A tool that comes with apus: a script that is run by its name.
///
/// The comment in front of it is its help and its man page; `tools/README.md` says how it is written.
public struct Tool: Sendable {

  /// The name.
  public let name: String

  /// The text of the script.
  public let text: StaticString

  /// All tools, by name.
  public static let all: [Tool] = EmbeddedFiles.tools.map { Tool(name: $0.name, text: $0.text) }

  /// Returns the tool called `name`, nil if there is none.
  public static func named(_ name: String) -> Tool? { all.first { $0.name == name } }

}
