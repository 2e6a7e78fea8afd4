/// The elements of a map, read at once.
public struct MapElements: Sendable {

  /// The number of elements.
  public private(set) var count = 0

  /// The number of bytes of a key.
  public let keySize: Int

  /// The number of bytes of the value of one CPU.
  public let valueSize: Int

  /// The number of bytes from the value of one CPU to that of the next.
  public let stride: Int

  /// The number of values for each key.
  public let valueCount: Int

  /// The keys, one after the other.
  public private(set) var keys: [UInt8] = []

  /// The values, one after the other: for each key the values of every CPU, `stride` bytes each.
  public private(set) var values: [UInt8] = []

  /// Creates an instance without elements of `map`, each of which is going to have so many values if that is given.
  public init(of map: MapHandle, valueCount: Int? = nil) {
    self.keySize = map.keySize
    self.valueSize = map.valueSize
    self.stride = map.stride
    self.valueCount = valueCount ?? map.valueCount
  }

  /// Returns the key of the element at `index`.
  public func key(_ index: Int) -> ArraySlice<UInt8> {
    keys[index * keySize..<(index + 1) * keySize]
  }

  /// Returns the value of the element at `index` on the CPU with the given number, or the only one.
  public func value(_ index: Int, on cpu: Int = 0) -> ArraySlice<UInt8> {
    let start = (index * valueCount + cpu) * stride
    return values[start..<start + valueSize]
  }

  /// Puts `newValues` in the place of the values.
  ///
  /// - Requires: there are as many bytes.
  public mutating func replaceValues(with newValues: [UInt8]) {
    precondition(newValues.count == values.count, "values of the wrong size")
    values = newValues
  }

  /// Adds the first `count` elements of `keys` and `values`.
  public mutating func append(_ count: Int, keys newKeys: [UInt8], values newValues: [UInt8]) {
    keys += newKeys.prefix(count * keySize)
    values += newValues.prefix(count * stride * valueCount)
    self.count += count
  }

  /// Adds the elements of `other`, which are of the same map.
  mutating func append(_ other: MapElements) {
    if count == 0 {
      self = other
      return
    }
    keys += other.keys
    values += other.values
    count += other.count
  }

}
