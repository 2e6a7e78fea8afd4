import BPF
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

  /// What was taken from maps that others see as if nothing ever was.
  var retained = RetainedSums()

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
  func elements(of index: Int, _ handle: MapHandle) throws(SystemError) -> MapElements {
    let elements = try handle.elements()
    return baselines[index]?.subtracted(from: elements, of: manifest.maps[index]) ?? elements
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
  func contents(_ index: Int, _ elements: MapElements, keepingTop top: Int? = nil) -> MapContents {
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

}
