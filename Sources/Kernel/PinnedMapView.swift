public import Types

/// What the kernel tells about a map that is pinned to a file.
public struct PinnedMapView: Hashable, Sendable {

  /// The map.
  public let map: PinnedMap

  /// The type of its keys, nil if nothing tells it.
  public let key: Type?

  /// The type of its values, nil if nothing tells it.
  public let value: Type?

  /// The structures and enumerations that those types consist of.
  public let table: TypeTable

  /// Creates an instance with the given properties.
  public init(_ map: PinnedMap, key: Type? = nil, value: Type? = nil, table: TypeTable = TypeTable()) {
    self.map = map
    self.key = key
    self.value = value
    self.table = table
  }

}
