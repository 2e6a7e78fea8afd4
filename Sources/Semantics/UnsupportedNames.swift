/// The names of the language's builtins that this version lacks.
enum UnsupportedNames {

  /// Those that are called.
  static let functions: Set<String> = ["table"]

  /// Returns `true` iff this version lacks the builtin `name`.
  static func contains(_ name: String) -> Bool { functions.contains(name) }

}
