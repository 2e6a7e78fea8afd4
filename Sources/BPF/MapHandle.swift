import CBPF
import Glibc

/// A map of a `LoadedObject`, valid as long as that.
public struct MapHandle: Sendable {

  /// The name in the object.
  public let name: String

  /// The number of the open file that stands for the map.
  public let descriptor: Int32

  /// The number of bytes of a key.
  public let keySize: Int

  /// The number of bytes of a value on one CPU.
  public let valueSize: Int

  /// The number of elements that there is room for.
  public let capacity: Int

  /// `true` iff each CPU has a value of its own for each key.
  public let isPerCPU: Bool

  /// `true` iff the map is an array: all keys from 0 on are always there.
  public let isArray: Bool

  /// The number of bytes from the value of one CPU to that of the next.
  public var stride: Int { isPerCPU ? (valueSize + 7) / 8 * 8 : valueSize }

  /// The number of values for one key: the number of possible CPUs, or 1.
  public var valueCount: Int { isPerCPU ? CPUs.possibleCount : 1 }

  /// The number of bytes that are read and written for one key: those of every CPU in a row, `stride` bytes each.
  public var elementSize: Int { stride * valueCount }

  /// Returns the values for `key`, `elementSize` bytes, nil if there are none.
  ///
  /// - Requires: `key.count == keySize`.
  public func lookup(_ key: [UInt8]) throws(SystemError) -> [UInt8]? {
    precondition(key.count == keySize, "a key of the wrong size")
    var value = [UInt8](repeating: 0, count: elementSize)
    let result = bpf_map_lookup_elem(descriptor, key, &value)
    if result == -ENOENT { return nil }
    try check("bpf_map_lookup_elem", result)
    return value
  }

  /// Sets the values for `key` unless there are any.
  ///
  /// - Requires: `key.count == keySize` and `value.count == elementSize`.
  public func insert(_ key: [UInt8], with value: [UInt8]) throws(SystemError) {
    precondition(key.count == keySize && value.count == elementSize, "a key or a value of the wrong size")
    let result = bpf_map_update_elem(descriptor, key, value, UInt64(BPF_NOEXIST))
    if result != -EEXIST { try check("bpf_map_update_elem", result) }
  }

  /// Sets the values for `key`.
  ///
  /// - Requires: `key.count == keySize` and `value.count == elementSize`.
  public func update(_ key: [UInt8], with value: [UInt8]) throws(SystemError) {
    precondition(key.count == keySize && value.count == elementSize, "a key or a value of the wrong size")
    try check("bpf_map_update_elem", bpf_map_update_elem(descriptor, key, value, UInt64(BPF_ANY)))
  }

  /// Removes `key`; an array's values are set to zero instead. Returns `true` iff it was there.
  ///
  /// - Requires: `key.count == keySize`.
  @discardableResult
  public func delete(_ key: [UInt8]) throws(SystemError) -> Bool {
    precondition(key.count == keySize, "a key of the wrong size")
    if isArray {
      try update(key, with: [UInt8](repeating: 0, count: elementSize))
      return true
    }
    let result = bpf_map_delete_elem(descriptor, key)
    if result == -ENOENT { return false }
    try check("bpf_map_delete_elem", result)
    return true
  }

  /// Returns the key behind `key`, or the first one if that is nil or no longer there; nil at the end.
  public func key(after key: [UInt8]?) throws(SystemError) -> [UInt8]? {
    var next = [UInt8](repeating: 0, count: keySize)
    let result = bpf_map_get_next_key(descriptor, key, &next)
    if result == -ENOENT { return nil }
    try check("bpf_map_get_next_key", result)
    return next
  }

}
