import Serialization

/// Scripts that were compiled before.
public struct ScriptCache {

  /// The directory, nil for the user's.
  private let path: String?

  /// Creates a view of the user's cache, or of the one in the directory at `path`.
  public init(at path: String? = nil) { self.path = path }

  /// What became of looking for a script.
  public enum Outcome {

    /// It was compiled before, and nothing has changed that it depends on.
    case found(CompiledScript)

    /// It must be compiled, for the reason that is given.
    case missing(String)

  }

  /// An entry as it is stored.
  private struct Entry: Codable {

    /// Everything that was known before the script was compiled, so that no two scripts share an entry.
    let key: [UInt8]

    /// What was asked for outside of the script.
    let dependencies: [Dependency]

    /// The compiled script.
    let script: [UInt8]

  }

  /// Opens the directory.
  private func folder(isWanted: Bool) -> CacheFolder? {
    if let path { CacheFolder(at: path) } else { CacheFolder(isWanted: isWanted) }
  }

  /// Returns what was compiled for `key`.
  public func script(for key: [UInt8]) -> Outcome {
    let name = ScriptCache.name(for: key)
    guard let folder = folder(isWanted: false) else { return .missing("there is no cache that can be used") }
    guard let bytes = folder.contents(of: name) else { return .missing("it is not in the cache") }
    guard let contents = Seal.contents(of: bytes),
      let entry = try? BinaryDecoder().decode(Entry.self, from: contents)
    else {
      folder.remove(name)
      return .missing("its entry in the cache is damaged")
    }
    guard entry.key == key else { return .missing("it is not in the cache") }
    if let changed = entry.dependencies.first(where: { !$0.holds }) {
      return .missing("\(changed.subject) changed since it was compiled")
    }
    guard let script = try? CompiledScript(reading: entry.script) else {
      folder.remove(name)
      return .missing("its entry in the cache is damaged")
    }
    return .found(script)
  }

  /// Keeps `script`, which was compiled for `key` as what `log` noted was. Whatever prevents that is no fault.
  public func keep(_ script: CompiledScript, for key: [UInt8], noting log: DependencyLog) {
    guard log.obstacle == nil, let folder = folder(isWanted: true), let bytes = try? script.bytes(),
      let entry = try? BinaryEncoder().encode(
        Entry(key: key, dependencies: log.dependencies, script: bytes))
    else { return }
    folder.write(Seal.sealed(entry), as: ScriptCache.name(for: key))
  }

  /// Returns the name of the entry for `key`.
  private static func name(for key: [UInt8]) -> String {
    let digits = String(Seal.sum(of: key), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

}

extension Dependency {

  /// What messages call that which it is about.
  fileprivate var subject: String {
    switch self {
    case .file(let path, _): "'\(path)'"
    case .kernel(let part, _): "the kernel's \(part.rawValue)"
    }
  }

}
