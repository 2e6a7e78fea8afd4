import BPF
import CLinux
import Output
import Types

/// Taking elements out of maps.
extension MapStore {

  /// Returns the elements of the map with the given index, in no order, and removes them; or sets them to zero iff
  /// `keepsKeys`. What programs add meanwhile is in what is returned, or in the map afterwards. Not all are returned if
  /// `MapContents.sort` is to keep the last `top` only.
  ///
  /// Maps that others know, maps of scripts with blocks of thousands of statements, and time series are an exception: what is
  /// added to an element between reading and removing it is lost.
  func takeContents(
    of index: Int, keepingKeys keepsKeys: Bool, keepingTop top: Int? = nil
  ) throws(SystemError) -> MapContents {
    guard let handle = handles[index] else {
      let map = manifest.maps[index]
      var result = MapContents(name: map.name, kind: map.kind, isKeyed: false)
      if let value = takeGlobal(map, keepingKey: keepsKeys) { result.elements = [.init(value: value)] }
      return result
    }
    return contents(index, try takeElements(of: index, handle, keepingKeys: keepsKeys), keepingTop: top)
  }

  /// Returns the elements of `handle`, the map with the given index, and removes them or sets them to zero iff `keepsKeys`.
  private func takeElements(
    of index: Int, _ handle: MapHandle, keepingKeys keepsKeys: Bool
  ) throws(SystemError) -> MapElements {
    let result = try removeElements(of: index, handle, keepingKeys: keepsKeys)
    retained.add(result, ofMap: index)
    return result
  }

  /// Does what `takeElements` does, but for those who see the map as if nothing was taken from it.
  private func removeElements(
    of index: Int, _ handle: MapHandle, keepingKeys keepsKeys: Bool
  ) throws(SystemError) -> MapElements {
    if let alternating = alternating[index] { return try alternating.take(keepingKeys: keepsKeys) }
    if handle.isArray {
      let map = manifest.maps[index]
      if isReset(byBaseline: map) {
        let raw = try handle.elements()
        defer { baselines[index] = Baseline(values: raw.values, isCleared: !keepsKeys) }
        return baselines[index]?.subtracted(from: raw, of: map) ?? raw
      }
      let result = try elements(of: index, handle)
      if keepsKeys { try reset(index, handle) } else { try handle.deleteAll() }
      return result
    }
    let elements = try handle.drain()
    if keepsKeys {
      let zeros = [UInt8](repeating: 0, count: handle.elementSize)
      for i in 0..<elements.count { try handle.insert(Array(elements.key(i)), with: zeros) }
    }
    return elements
  }

  /// Returns `true` iff `map`, an array, is reset by remembering what it held: it has sums only, which no program reads, and
  /// which nobody else does.
  private func isReset(byBaseline map: MapDescription) -> Bool {
    if map.pinned != nil { return false }
    guard case .aggregation(let aggregation) = map.value, aggregation.isAdditive else { return false }
    return !manifest.mapsReadByPrograms.contains(map.name)
  }

  /// Returns the value of a map in `globals`, nil if it is not set, and sets it to zero in the same step.
  private func takeGlobal(_ map: MapDescription, keepingKey keepsKey: Bool) -> Value? {
    guard case .global(let offset, let presence) = map.storage, presence < globals.count,
      offset + 8 <= globals.count, let base = globals.baseAddress
    else { return nil }
    let isSet = globals[presence] != 0
    // The flag first: whoever adds to the value sets it afterwards.
    if !keepsKey { globals[presence] = 0 }
    let old = UInt64(clinux_exchange(base + offset, 0))
    if !isSet && old == 0 { return nil }
    return withUnsafeBytes(of: old) { map.value(of: [RawBytes($0)], with: decoder) }
  }

  /// Removes every element of the map with the given index.
  func clear(_ index: Int) throws(SystemError) {
    guard let handle = handles[index] else {
      return setGlobal(manifest.maps[index], isPresent: false)
    }
    if alternating[index] != nil || retained.isKept(index)
      || handle.isArray && isReset(byBaseline: manifest.maps[index])
    {
      _ = try takeElements(of: index, handle, keepingKeys: false)
    } else {
      try handle.deleteAll()
    }
  }

  /// Sets every element of the map with the given index to zero.
  func zero(_ index: Int) throws(SystemError) {
    guard let handle = handles[index] else { return setGlobal(manifest.maps[index], isPresent: nil) }
    if alternating[index] != nil || retained.isKept(index)
      || handle.isArray && isReset(byBaseline: manifest.maps[index])
    {
      _ = try takeElements(of: index, handle, keepingKeys: true)
    } else {
      try reset(index, handle)
    }
  }

  /// Sets every element of `handle`, the map with the given index, to zero.
  private func reset(_ index: Int, _ handle: MapHandle) throws(SystemError) {
    let map = manifest.maps[index]
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
