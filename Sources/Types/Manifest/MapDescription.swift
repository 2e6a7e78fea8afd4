/// A map of the script and where its values are.
public struct MapDescription: Hashable, Codable, Sendable {

  /// The name with the `@`.
  public let name: String

  /// The types of the parts of the key; empty for a map without a key.
  ///
  /// A key of one part is laid out as that part, a key of several as a tuple of them.
  public let key: [Type]

  /// What the map holds.
  public let value: MapValue

  /// Where the values are.
  public internal(set) var storage: MapStorage

  /// The name of the kernel's map, of which that keeps 15 characters: the name without the `@`, unless something else is called so.
  public var objectName: String

  /// The names of the parts of the key for those who look at the map from outside; fewer if some are not known.
  public var keyNames: [String] = []

  /// What the script says that the map is for, nil if it says nothing.
  public var help: String? = nil

  /// `true` iff the script takes elements out by their keys, or lets the kernel do so: it notes there what it has to know until later,
  /// which is no result.
  public var isScratch = false

  /// `true` iff the map is the script's own affair, as an underscore in front of its name says.
  public var isPrivate: Bool { name.hasPrefix("@_") }

  /// `true` iff monitoring is shown the map: it holds results, or the script says what it is for.
  public var isExported: Bool { !isPrivate && (!isScratch || help != nil) }

  /// The second of two kernel maps that hold the elements in turn, nil if there is only one.
  public var twin: MapTwin? = nil

  /// Creates an instance with the given properties.
  public init(name: String, key: [Type], value: MapValue, storage: MapStorage) {
    self.name = name
    self.key = key
    self.value = value
    self.storage = storage
    self.objectName = name == "@" ? ObjectNames.namelessMap : String(name.dropFirst())
  }

  /// The layout of the key.
  public var keyLayout: StructLayout { StructLayout(of: key) }

  /// The number of bytes of a key of the kernel's map.
  ///
  /// Arrays have a 32-bit index; a map without a key in a hash table has one element with a 64-bit key of 0.
  public var keySize: Int {
    switch storage {
    case .global, .perCPU, .dense: 4
    case .hash: key.isEmpty ? 8 : keyLayout.size
    case .pinned(let map): map.keySize
    }
  }

}

/// Where the values of a map are.
public enum MapStorage: Hashable, Codable, Sendable {

  /// One value in the variable `globals` at `offset`, aligned to 8 bytes; the byte at `presence` is 1 iff it is set.
  case global(offset: Int, presence: Int)

  /// One value for each CPU: a per-CPU array with one entry, laid out as `DenseEntry`.
  case perCPU

  /// A value for each probe index: an array, laid out as `DenseEntry`; the key is the probe index alone.
  case dense(count: Int, isPerCPU: Bool)

  /// A hash table.
  case hash(HashKind, capacity: Int)

  /// A map that someone else made.
  case pinned(PinnedMap)

  /// `true` iff the kernel is asked for elements, which may or may not be there, and to make them.
  public var isTable: Bool {
    switch self {
    case .hash, .pinned: true
    case .global, .perCPU, .dense: false
    }
  }

}

/// The kinds of hash tables.
public enum HashKind: String, Hashable, Codable, Sendable {

  /// `BPF_MAP_TYPE_HASH`.
  case shared

  /// `BPF_MAP_TYPE_PERCPU_HASH`.
  case perCPU

  /// `BPF_MAP_TYPE_LRU_HASH`.
  case leastRecentlyUsed

  /// `BPF_MAP_TYPE_LRU_PERCPU_HASH`.
  case leastRecentlyUsedPerCPU

}

extension MapDescription {

  /// The map that someone else made, if it is one.
  public var pinned: PinnedMap? { if case .pinned(let map) = storage { map } else { nil } }

  /// `true` iff the value is in the variable `globals`.
  public var isGlobal: Bool { if case .global = storage { true } else { false } }

  /// The number of bytes of one value, without the presence word of dense storage.
  public var valueSize: Int {
    if let pinned { return pinned.valueSize }
    return switch value {
    case .plain(let type): type.isInteger ? 8 : type.size
    case .aggregation(let aggregation): aggregation.wordCount * 8
    }
  }

  /// The offset of the presence word in an entry of `.perCPU` or `.dense` storage: a 64-bit word that is not 0 iff
  /// the entry was set on that CPU. It stands behind the value.
  public var presenceOffset: Int { valueSize.rounded(upToMultipleOf: 8) }

  /// The number of bytes of an entry of the kernel's map: with the presence word where the storage has one.
  public var entrySize: Int {
    switch storage {
    case .perCPU, .dense: presenceOffset + 8
    case .global, .hash, .pinned: valueSize
    }
  }

}
