import BPF
import CLinux
import Output
import Types

/// The maps of a script, in the kernel and in the memory shared with it.
struct MapStore {

  /// What programs and process agree on.
  let manifest: Manifest

  /// The kernel's maps by index, nil for those in `globals`.
  let handles: [MapHandle?]

  /// The maps that two of the kernel's hold in turn, by index.
  var alternating: [Int: AlternatingMap] = [:]

  /// The memory shared with the programs, `manifest.globals.size` bytes.
  let globals: UnsafeMutableRawBufferPointer

  /// Makes values of bytes.
  let decoder: ValueDecoder

  /// What arrays of sums held when they were reset last.
  let baselines = Baselines()

  /// Notes that all programs have ended and none is going to run.
  func programsHaveEnded() { for map in alternating.values { map.programsHaveEnded() } }

  /// Returns the elements of the map with the given index, in no order; not all of them if `MapContents.sort` is to keep the last
  /// `top` only.
  func contents(of index: Int, keepingTop top: Int? = nil) throws(SystemError) -> MapContents {
    let map = manifest.maps[index]
    var result = MapContents(name: map.name, kind: map.kind, isKeyed: !map.key.isEmpty)
    let top = kept(top, of: map)
    if let alternating = alternating[index] {
      return contents(index, try alternating.elements(), keepingTop: top)
    }
    guard let handle = handles[index] else {
      if let value = globalValue(of: map) { result.elements = [MapContents.Element(value: value)] }
      return result
    }
    if handle.isArray { return contents(index, try elements(of: index, handle)) }
    // What is read of a large map for each CPU can be a hundred times what is printed of it.
    try handle.forEachBatch { batch in
      result.append(map.elements(in: batch, with: decoder), keepingTop: top)
    }
    if case .aggregation(.timeSeries(let layout)) = map.value { result.alignTimeSeries(layout) }
    return result
  }

  /// Returns the elements of the map with the given index as they are since it was reset last.
  private func elements(of index: Int, _ handle: MapHandle) throws(SystemError) -> MapElements {
    let elements = try handle.elements()
    return baselines[index]?.subtracted(from: elements, of: manifest.maps[index]) ?? elements
  }

  /// Returns the elements of the map with the given index, in no order, and removes them; or sets them to zero iff
  /// `keepsKeys`. What programs add meanwhile is in what is returned, or in the map afterwards. Not all are returned if
  /// `MapContents.sort` is to keep the last `top` only.
  ///
  /// Maps that others know, maps of scripts with blocks of thousands of statements, and time series are an exception: what is
  /// added to an element between reading and removing it is lost.
  func takeContents(
    of index: Int, keepingKeys keepsKeys: Bool, keepingTop top: Int? = nil
  ) throws(SystemError) -> MapContents {
    let map = manifest.maps[index]
    if let alternating = alternating[index] {
      return contents(index, try alternating.take(keepingKeys: keepsKeys), keepingTop: top)
    }
    guard let handle = handles[index] else {
      var result = MapContents(name: map.name, kind: map.kind, isKeyed: false)
      if let value = takeGlobal(map, keepingKey: keepsKeys) { result.elements = [.init(value: value)] }
      return result
    }
    if handle.isArray {
      if isReset(byBaseline: map) {
        let raw = try handle.elements()
        defer { baselines[index] = Baseline(values: raw.values, isCleared: !keepsKeys) }
        let elements = baselines[index]?.subtracted(from: raw, of: map) ?? raw
        return contents(index, elements)
      }
      let result = try contents(of: index)
      if keepsKeys { try zero(index) } else { try clear(index) }
      return result
    }
    let elements = try handle.drain()
    if keepsKeys {
      let zeros = [UInt8](repeating: 0, count: handle.elementSize)
      for i in 0..<elements.count { try handle.insert(Array(elements.key(i)), with: zeros) }
    }
    return contents(index, elements, keepingTop: top)
  }

  /// Returns how many elements of `map` are kept if the last `top` are printed, nil if all are.
  private func kept(_ top: Int?, of map: MapDescription) -> Int? {
    // Of series, which cover the same time, the others tell what that is.
    if case .aggregation(.timeSeries) = map.value { nil } else { top }
  }

  /// The number of elements that are made values of at once where some only are kept.
  private static let elementsAtOnce = 4096

  /// Returns `elements` of the map with the given index as they are printed; not all of them if `MapContents.sort` is to keep the
  /// last `top` only.
  private func contents(_ index: Int, _ elements: MapElements, keepingTop top: Int? = nil) -> MapContents {
    let map = manifest.maps[index]
    var result = MapContents(name: map.name, kind: map.kind, isKeyed: !map.key.isEmpty)
    let top = kept(top, of: map)
    let step = top == nil ? max(1, elements.count) : Self.elementsAtOnce
    for start in stride(from: 0, to: elements.count, by: step) {
      let range = start..<min(start + step, elements.count)
      result.append(map.elements(in: elements, range, with: decoder), keepingTop: top)
    }
    if case .aggregation(.timeSeries(let layout)) = map.value { result.alignTimeSeries(layout) }
    return result
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
    if let alternating = alternating[index] {
      return contents(index, try alternating.element(key)).elements.first?.value
    }
    guard var bytes = try handle.lookup(key) else { return nil }
    if let baseline = baselines[index] {
      var element = MapElements(of: handle)
      element.append(1, keys: key, values: bytes)
      bytes = baseline.subtracted(from: element, of: map).values
    }
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
    if let alternating = alternating[index] {
      try alternating.take(keepingKeys: false)
      return
    }
    if let handle = handles[index] {
      if handle.isArray, isReset(byBaseline: manifest.maps[index]) {
        baselines[index] = Baseline(values: try handle.elements().values, isCleared: true)
        return
      }
      return try handle.deleteAll()
    }
    setGlobal(manifest.maps[index], isPresent: false)
  }

  /// Sets every element of the map with the given index to zero.
  func zero(_ index: Int) throws(SystemError) {
    let map = manifest.maps[index]
    guard let handle = handles[index] else { return setGlobal(map, isPresent: nil) }
    if let alternating = alternating[index] {
      try alternating.take(keepingKeys: true)
      return
    }
    let elements = try handle.elements()
    if handle.isArray, isReset(byBaseline: map) {
      baselines[index] = Baseline(values: elements.values, isCleared: false)
      return
    }
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
