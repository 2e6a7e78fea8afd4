public import Types

/// A script whose maps are shown as metrics.
public struct ExportedScript: Sendable {

  /// The name, by which labels tell it from others.
  public let name: String

  /// What the script and the process agree on.
  public let manifest: Manifest

  /// Creates an instance with the given properties.
  public init(name: String, manifest: Manifest) {
    self.name = name
    self.manifest = manifest
  }

}

/// A map of a script as faults and families name it.
struct ExportedMap: Hashable, Sendable {

  /// The index of the script.
  let script: Int

  /// The index of the map in the script's manifest.
  let index: Int

  /// The name with the `@`.
  let name: String

}

/// A map that is not shown, and why.
public struct UnexportedMap: Hashable, Sendable {

  /// The index of the script.
  public let script: Int

  /// The name of the map with the `@`.
  public let map: String

  /// Why the map is not shown: `its values are C structures`.
  public let reason: String

}
