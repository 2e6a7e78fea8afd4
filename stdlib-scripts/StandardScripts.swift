/// The standard library: scripts with macros, which other scripts call without importing them.
///
/// What the language itself says best is here and no builtin.
public struct StandardScript: Sendable {

  /// The name that messages show.
  public let name: String

  /// The text.
  public let text: StaticString

  /// The names of the macros that it defines.
  public let macros: [String]

  /// All of them, by name.
  public static let all: [StandardScript] = EmbeddedFiles.scripts.map { script in
    StandardScript(name: "stdlib/\(script.name)", text: script.text, macros: script.macros)
  }

  /// The names of all macros.
  public static let macroNames: [String] = all.flatMap(\.macros)

  /// Returns the script that defines the macro `name`, nil if there is none.
  public static func defining(_ name: String) -> StandardScript? { all.first { $0.macros.contains(name) } }

}
