/// A map that someone else made, by the file that it is pinned to.
public struct PinnedMap: Hashable, Codable, Sendable {

  /// The kinds of maps that scripts can use, by their numbers in `enum bpf_map_type` (`include/uapi/linux/bpf.h`).
  public enum Kind: Int, Hashable, Codable, Sendable, CaseIterable {
    case hash = 1
    case array = 2
    case perCPUHash = 5
    case perCPUArray = 6
    case leastRecentlyUsedHash = 9
    case leastRecentlyUsedPerCPUHash = 10
  }

  /// The path of the file.
  public let path: String

  /// The kind.
  public let kind: Kind

  /// The number of bytes of a key.
  public let keySize: Int

  /// The number of bytes of a value, on one CPU.
  public let valueSize: Int

  /// The number of elements that it has room for.
  public let capacity: Int

  /// The flags that it was made with.
  public let flags: UInt32

  /// Creates an instance with the given properties.
  public init(
    path: String, kind: Kind, keySize: Int, valueSize: Int, capacity: Int, flags: UInt32 = 0
  ) {
    self.path = path
    self.kind = kind
    self.keySize = keySize
    self.valueSize = valueSize
    self.capacity = capacity
    self.flags = flags
  }

  /// `true` iff there is a value for each CPU.
  public var isPerCPU: Bool {
    switch kind {
    case .perCPUHash, .perCPUArray, .leastRecentlyUsedPerCPUHash: true
    case .hash, .array, .leastRecentlyUsedHash: false
    }
  }

  /// `true` iff all elements are there, with numbers from 0 on as their keys.
  public var isArray: Bool { kind == .array || kind == .perCPUArray }

  /// `false` iff programs may not change it (`BPF_F_RDONLY_PROG`).
  public var isWritable: Bool { flags & 1 << 7 == 0 }

  /// `false` iff programs may not read it (`BPF_F_WRONLY_PROG`).
  public var isReadable: Bool { flags & 1 << 8 == 0 }

}

extension PinnedMap.Kind: CustomStringConvertible {

  /// The name in messages, which is what `bpftool` calls it.
  public var description: String {
    switch self {
    case .hash: "hash"
    case .array: "array"
    case .perCPUHash: "percpu_hash"
    case .perCPUArray: "percpu_array"
    case .leastRecentlyUsedHash: "lru_hash"
    case .leastRecentlyUsedPerCPUHash: "lru_percpu_hash"
    }
  }

}
