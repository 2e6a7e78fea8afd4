import BPF
import Output
import Types

/// The maps of a script, in the kernel and in the memory shared with it.
struct MapStore {

  /// What programs and process agree on.
  let manifest: Manifest

  /// The kernel's maps by index, nil for those in `globals`.
  let handles: [MapHandle?]

  /// The memory shared with the programs, `manifest.globals.size` bytes.
  let globals: UnsafeMutableRawBufferPointer

  /// Makes values of bytes.
  let decoder: ValueDecoder

  /// Returns the elements of the map with the given index, in no order.
  func contents(of index: Int) throws(SystemError) -> MapContents {
    let map = manifest.maps[index]
    var result = MapContents(name: map.name, kind: map.kind, isKeyed: !map.key.isEmpty)
    guard let handle = handles[index] else {
      if let value = globalValue(of: map) { result.elements = [MapContents.Element(value: value)] }
      return result
    }
    let elements = try handle.elements()
    result.elements.reserveCapacity(elements.count)
    elements.keys.withUnsafeBytes { keys in
      elements.values.withUnsafeBytes { values in
        for i in 0..<elements.count {
          let key = UnsafeRawBufferPointer(rebasing: keys[i * elements.keySize..<(i + 1) * elements.keySize])
          let rows = (0..<elements.valueCount).map { cpu in
            let start = (i * elements.valueCount + cpu) * elements.stride
            return RawBytes(UnsafeRawBufferPointer(rebasing: values[start..<start + elements.valueSize]))
          }
          if let element = map.element(key: RawBytes(key), rows: rows, with: decoder) {
            result.elements.append(element)
          }
        }
      }
    }
    if case .aggregation(.timeSeries(let layout)) = map.value { result.alignTimeSeries(layout) }
    return result
  }

  /// Returns the value of a map in `globals`, nil if it is not set.
  private func globalValue(of map: MapDescription) -> Value? {
    guard case .global(let offset, let presence) = map.storage else { return nil }
    let memory = RawBytes(UnsafeRawBufferPointer(globals))
    guard let isSet = memory.load(presence, as: UInt8.self), isSet != 0,
      let bytes = memory.slice(offset, count: map.valueSize)
    else { return nil }
    return map.value(of: [RawBytes(bytes)], with: decoder)
  }

  /// Returns the value for the key with the given bytes of the map with the given index, nil if it is not set.
  func value(of index: Int, forKey key: [UInt8]) throws(SystemError) -> Value? {
    let map = manifest.maps[index]
    guard let handle = handles[index] else { return globalValue(of: map) }
    // A map without a key has one entry, whose key is zero.
    let key = map.key.isEmpty ? [UInt8](repeating: 0, count: handle.keySize) : key
    guard let bytes = try handle.lookup(key) else { return nil }
    return bytes.withUnsafeBytes { bytes in
      let rows = (0..<handle.valueCount).map { cpu in
        let start = cpu * handle.stride
        return RawBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<start + handle.valueSize]))
      }
      return map.value(of: rows, with: decoder)
    }
  }

  /// Removes every element of the map with the given index.
  func clear(_ index: Int) throws(SystemError) {
    if let handle = handles[index] { return try handle.deleteAll() }
    setGlobal(manifest.maps[index], isPresent: false)
  }

  /// Sets every element of the map with the given index to zero.
  func zero(_ index: Int) throws(SystemError) {
    let map = manifest.maps[index]
    guard let handle = handles[index] else { return setGlobal(map, isPresent: nil) }
    let elements = try handle.elements()
    for i in 0..<elements.count {
      let start = i * elements.valueCount * elements.stride
      var values = [UInt8](repeating: 0, count: elements.valueCount * elements.stride)
      // What says that an element is there stays; it stands behind the value.
      for cpu in 0..<elements.valueCount where map.entrySize > map.valueSize {
        let presence = cpu * elements.stride + map.presenceOffset
        for byte in presence..<presence + 8 { values[byte] = elements.values[start + byte] }
      }
      try handle.update(Array(elements.key(i)), with: values)
    }
  }

  /// Sets the value of a map in `globals` to zero, and whether it is set, unless `isPresent` is nil.
  private func setGlobal(_ map: MapDescription, isPresent: Bool?) {
    guard case .global(let offset, let presence) = map.storage, presence < globals.count,
      offset + map.valueSize <= globals.count
    else { return }
    if let isPresent { globals[presence] = isPresent ? 1 : 0 }
    for i in offset..<offset + map.valueSize { globals[i] = 0 }
  }

}
