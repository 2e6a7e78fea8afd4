import Types

extension Options {

  /// Returns the settings that win over the script's, by key: those of the environment and, over them, the options'.
  func overrides() throws(Stop) -> [String: String] {
    var result = try Environment.settings()
    if let maximumProbes { result["max_probes"] = String(maximumProbes) }
    return result
  }

  /// Returns how many programs a script with `settings` may have.
  ///
  /// Whoever allows so many probes allows them where each needs a program of its own, too.
  func programLimit(_ settings: Settings) -> Int { max(settings.maximumPrograms, maximumProbes ?? 0) }

}
