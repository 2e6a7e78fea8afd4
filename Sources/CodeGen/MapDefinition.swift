import LLVM
import Types

/// A map as the object file defines it for libbpf.
struct MapDefinition {

  /// The kinds of maps, by their numbers in `enum bpf_map_type` (`include/uapi/linux/bpf.h`).
  enum Kind: Int {
    case hash = 1
    case array = 2
    case perfEventArray = 4
    case perCPUHash = 5
    case perCPUArray = 6
    case controlGroupArray = 8
    case leastRecentlyUsedHash = 9
    case leastRecentlyUsedPerCPUHash = 10
    case ringBuffer = 27
  }

  /// The flag `BPF_F_NO_PREALLOC`: elements are allocated when they are added.
  static let allocatesOnDemand = 1

  /// The size of a key or a value from which on a hash table does not allocate all its elements at once.
  static let largePart = 128

  /// The name of the variable, which libbpf gives to the map.
  let name: String

  /// The kind.
  let kind: Kind

  /// The size of a key in bytes.
  var keySize = 0

  /// The size of a value in bytes.
  var valueSize = 0

  /// What keys are to those who look at the map from outside; `keySize` bytes.
  var keyType: DebugType? = nil

  /// What values are to them; `valueSize` bytes.
  var valueType: DebugType? = nil

  /// The number of elements that it has room for, or of bytes in a ring buffer.
  let capacity: Int

  /// The flags.
  var flags = 0

  /// The members that describe the map to libbpf; it wants neither sizes nor flags that are 0.
  var members: [(name: String, value: DebugInformation.MapAttribute)] {
    var result: [(name: String, value: DebugInformation.MapAttribute)] = [("type", .number(kind.rawValue))]
    if let keyType, let valueType {
      result += [("key", .type(keyType)), ("value", .type(valueType))]
    } else if keySize > 0 {
      result += [("key_size", .number(keySize)), ("value_size", .number(valueSize))]
    }
    result.append(("max_entries", .number(capacity)))
    if flags != 0 { result.append(("map_flags", .number(flags))) }
    return result
  }

  /// Creates the ring buffer of `size` bytes.
  init(ringBufferOf size: Int) {
    name = ObjectNames.ringBuffer
    kind = .ringBuffer
    capacity = size
  }

  /// The greatest size of a value for each CPU, `PCPU_MIN_UNIT_SIZE` in `include/linux/percpu.h`.
  static let greatestPerCPUValue = 32 << 10

  /// Creates the scratch memory of `count` programs, `size` bytes each, on each of `cpus` CPUs.
  ///
  /// What is too large for a per-CPU array is in an array with as many entries for each program as there are CPUs.
  init(scratchOf size: Int, count: Int, cpus: Int) {
    name = ObjectNames.scratch
    keySize = 4
    valueSize = size.rounded(upToMultipleOf: 8)
    let isPerCPU = valueSize <= MapDefinition.greatestPerCPUValue
    kind = isPerCPU ? .perCPUArray : .array
    capacity = isPerCPU ? count : count * cpus
  }

  /// Creates the map by which packets are sent on `cpus` CPUs.
  init(packetsOf cpus: Int) {
    name = ObjectNames.packets
    kind = .perfEventArray
    (keySize, valueSize, capacity) = (4, 4, cpus)
  }

  /// Creates the table of stacks.
  init(_ stacks: StackStorage) {
    name = ObjectNames.stacks
    kind = .hash
    keySize = StackStorage.keySize
    valueSize = stacks.elementSize
    keyType = .stack
    valueType = .recordedStack(frameBytes: stacks.frameBytes)
    capacity = stacks.capacity
    flags = stacks.allocatesOnDemand ? MapDefinition.allocatesOnDemand : 0
  }

  /// Creates the map that tasks are looked for in for `filter`, one of `filters`, which is there when the object is loaded.
  init(_ filter: TaskFilter, of filters: TaskFilters) {
    if let pinned = filters.pinnedMap(of: filter) {
      self.init(pinned, named: filter.objectName)
    } else {
      self.init(name: filter.objectName, kind: .controlGroupArray, keySize: 4, valueSize: 4, capacity: 1)
    }
  }

  /// Creates `map`, which is there when the object is loaded.
  private init(_ map: PinnedMap, named name: String) {
    guard let kind = Kind(rawValue: map.kind.rawValue) else { preconditionFailure("an unknown kind of map") }
    self.init(
      name: name, kind: kind, keySize: map.keySize, valueSize: map.valueSize, capacity: map.capacity,
      flags: Int(map.flags))
  }

  /// Creates an instance with the given properties.
  private init(name: String, kind: Kind, keySize: Int, valueSize: Int, capacity: Int, flags: Int = 0) {
    self.name = name
    self.kind = kind
    self.keySize = keySize
    self.valueSize = valueSize
    self.capacity = capacity
    self.flags = flags
  }

  /// Creates the kernel's map for `map` of `manifest`, nil iff it needs none.
  init?(_ map: MapDescription, of manifest: Manifest) {
    if let pinned = map.pinned {
      self.init(pinned, named: map.objectName)
      return
    }
    switch map.storage {
    case .global: return nil
    case .perCPU:
      self.init(
        name: map.objectName, kind: .perCPUArray, keySize: 4, valueSize: map.entrySize, capacity: 1)
    case .dense(let count, let isPerCPU):
      self.init(
        name: map.objectName, kind: isPerCPU ? .perCPUArray : .array, keySize: 4, valueSize: map.entrySize,
        capacity: max(count, 1))
    case .hash(let hashKind, let count):
      self.init(
        name: map.objectName, kind: Kind(of: hashKind), keySize: map.keySize, valueSize: map.entrySize,
        capacity: count)
      // Tables that forget the least recently used element always allocate at once.
      if max(keySize, valueSize) > MapDefinition.largePart, kind == .hash || kind == .perCPUHash {
        flags = MapDefinition.allocatesOnDemand
      }
    case .pinned(let pinned):
      self.init(pinned, named: map.objectName)
      return
    }
    let types = MapTypes(of: map, in: manifest)
    keyType = types.key
    valueType = types.value
  }

}

extension MapDefinition.Kind {

  /// Creates the kernel's kind for `kind`.
  fileprivate init(of kind: HashKind) {
    self =
      switch kind {
      case .shared: .hash
      case .perCPU: .perCPUHash
      case .leastRecentlyUsed: .leastRecentlyUsedHash
      case .leastRecentlyUsedPerCPU: .leastRecentlyUsedPerCPUHash
      }
  }

}
