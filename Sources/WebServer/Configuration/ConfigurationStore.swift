/// The configuration of a server as its files say at the moment.
final class ConfigurationStore {

  /// The file, nil if there is none.
  private let path: String?

  /// What is in force.
  private(set) var current: LoadedConfiguration

  /// The files as they were when they were last looked at, nil where there was none.
  private var stamps: [String: ConfigurationFile.Stamp?] = [:]

  /// Tells the user what is wrong with files that have changed.
  private let report: @Sendable (String) -> Void

  /// Creates a store of `current`, which was read from the file at `path`, if there is any.
  init(
    _ current: LoadedConfiguration, path: String?, reportingTo report: @escaping @Sendable (String) -> Void
  ) {
    self.path = path
    self.current = current
    self.report = report
    stamps = newStamps(with: current)
  }

  /// Reads the files again if one of them has changed; returns `true` iff something else is in force now.
  ///
  /// If they cannot be used, what was in force stays so, and the user is told once for each change.
  func refresh() -> Bool {
    guard let path else { return false }
    guard stamps.contains(where: { ConfigurationFile.Stamp(path: $0.key) != $0.value }) else { return false }
    // Before they are read: what is written meanwhile is seen the next time.
    stamps = newStamps(with: current)
    do throws(ServerError) {
      let new = try LoadedConfiguration(path: path)
      guard (new.encryption == nil) == (current.encryption == nil) else {
        report("\(path): encryption cannot be turned on or off while pages are served; nothing is changed")
        return false
      }
      stamps.merge(newStamps(with: new)) { old, _ in old }
      current = new
      return true
    } catch {
      report("\(error.description)\nwhat was read before stays in force")
      return false
    }
  }

  /// Returns what the files of `loaded` are like now.
  private func newStamps(with loaded: LoadedConfiguration) -> [String: ConfigurationFile.Stamp?] {
    guard let path else { return [:] }
    let paths = [path] + (loaded.configuration.encryption?.files ?? [])
    return Dictionary(
      paths.map { ($0, ConfigurationFile.Stamp(path: $0)) }, uniquingKeysWith: { one, _ in one })
  }

}
