import CBPF
import Glibc

extension MapHandle {

  /// The number of elements that are read with one call, so that about 1 MiB is.
  private var batchCount: Int { min(max(capacity, 1), max(16, (1 << 20) / max(keySize + elementSize, 1))) }

  /// Returns all elements.
  ///
  /// Elements that programs add or remove meanwhile may be there or not.
  public func elements() throws(SystemError) -> MapElements {
    var result = MapElements(of: self)
    try forEachBatch { result.append($0) }
    return result
  }

  /// Gives all elements to `body`, about 1 MiB of them at a time, so that those of a large map need not be in memory at once.
  ///
  /// Elements that programs add or remove meanwhile may be there or not.
  public func forEachBatch(_ body: (MapElements) -> Void) throws(SystemError) {
    do {
      try readBatches(to: body)
    } catch {
      // Kernels before 5.6, and per-CPU arrays before 5.13, cannot; they say so at once.
      guard error.number == EINVAL || error.number == EOPNOTSUPP || error.number == 524 else { throw error }
      body(try elementsOneByOne())
    }
  }

  /// Returns all elements of a hash table and removes them: what programs add to an element is in what is returned or in
  /// what is there afterwards.
  ///
  /// Only what a program adds to an element that it has looked up at that very moment can go with the element.
  public func drain() throws(SystemError) -> MapElements {
    precondition(!isArray, "elements of arrays cannot be removed")
    do {
      var result = MapElements(of: self)
      try readBatches(areRemoved: true) { result.append($0) }
      return result
    } catch {
      guard error.number == EINVAL || error.number == EOPNOTSUPP || error.number == 524 else { throw error }
    }
    let elements = try elementsOneByOne()
    for i in 0..<elements.count { try delete(Array(elements.key(i))) }
    return elements
  }

  /// Gives all elements to `body`, read many with each call, and removes them iff `areRemoved`.
  private func readBatches(
    areRemoved: Bool = false, to body: (MapElements) -> Void
  ) throws(SystemError) {
    var capacityOfBatch = batchCount
    var keys = [UInt8](repeating: 0, count: capacityOfBatch * keySize)
    var values = [UInt8](repeating: 0, count: capacityOfBatch * elementSize)
    // The position: a key of an array, the number of a bucket of a hash table; never longer than either.
    var position = [UInt8](repeating: 0, count: max(keySize, 8))
    var isFirst = true
    while true {
      var count = UInt32(capacityOfBatch)
      var next = position
      let status = position.withUnsafeMutableBytes { p in
        areRemoved
          ? bpf_map_lookup_and_delete_batch(
            descriptor, isFirst ? nil : p.baseAddress, &next, &keys, &values, &count, nil)
          : bpf_map_lookup_batch(
            descriptor, isFirst ? nil : p.baseAddress, &next, &keys, &values, &count, nil)
      }
      if status == -ENOSPC && capacityOfBatch < capacity {
        // A bucket of the hash table has more elements than there is room for.
        capacityOfBatch = min(capacity, capacityOfBatch * 4)
        keys = [UInt8](repeating: 0, count: capacityOfBatch * keySize)
        values = [UInt8](repeating: 0, count: capacityOfBatch * elementSize)
        continue
      }
      if status != -ENOENT {
        try check(areRemoved ? "bpf_map_lookup_and_delete_batch" : "bpf_map_lookup_batch", status)
      }
      var batch = MapElements(of: self)
      batch.append(Int(count), keys: keys, values: values)
      body(batch)
      if status == -ENOENT { return }
      position = next
      isFirst = false
    }
  }

  /// Returns all elements, read one by one.
  func elementsOneByOne() throws(SystemError) -> MapElements {
    var result = MapElements(of: self)
    var previous: [UInt8]? = nil
    // Bounded, because removals during iteration can make it begin anew.
    for _ in 0..<max(capacity * 2, 1) {
      guard let key = try key(after: previous) else { break }
      if let value = try lookup(key) { result.append(1, keys: key, values: value) }
      previous = key
    }
    return result
  }

  /// Removes all elements; an array's values are set to zero instead.
  public func deleteAll() throws(SystemError) {
    let elements = try elements()
    if elements.count == 0 { return }
    var count = UInt32(elements.count)
    let status: Int32
    if isArray {
      let zeros = [UInt8](repeating: 0, count: elements.values.count)
      status = bpf_map_update_batch(descriptor, elements.keys, zeros, &count, nil)
    } else {
      status = bpf_map_delete_batch(descriptor, elements.keys, &count, nil)
    }
    if status == 0 { return }
    for i in 0..<elements.count { try delete(Array(elements.key(i))) }
  }

}
