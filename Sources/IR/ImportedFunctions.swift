/// How functions in C that scripts import are called.
public enum ImportedFunctions {

  /// Returns the name of the function that takes 64 bits for every parameter, calls `function` and returns 64 bits.
  public static func name(ofCallable function: String) -> String { "apus_import_\(function)" }

}
