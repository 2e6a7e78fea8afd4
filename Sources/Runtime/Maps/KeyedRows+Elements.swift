import BPF
import Types

/// Elements of the kernel's maps as rows.
extension KeyedRows {

  /// Returns the number of words of the rows that elements of `handle` become: of all CPUs together iff they are sums.
  static func rowSize(of handle: MapHandle, areSums: Bool) -> Int {
    let words = handle.stride.rounded(upToMultipleOf: 8) / 8
    return areSums ? words : words * handle.valueCount
  }

  /// Creates an instance without rows for elements, sums, such as `elements`.
  init(of elements: MapElements) {
    self.init(keySize: elements.keySize, rowSize: elements.stride.rounded(upToMultipleOf: 8) / 8)
  }

  /// Adds `elements` to the rows with their keys: word by word iff they are sums, else in place of what is there.
  ///
  /// Returns how many were left out because their keys are new and there are `capacity` rows already.
  @discardableResult
  mutating func add(_ elements: MapElements, areSums: Bool, upTo capacity: Int = .max) -> Int {
    var refusedCount = 0
    let stride = elements.stride.rounded(upToMultipleOf: 8) / 8
    elements.keys.withUnsafeBytes { keys in
      elements.values.withUnsafeBytes { values in
        for index in 0..<elements.count {
          let key = UnsafeRawBufferPointer(
            rebasing: keys[index * elements.keySize..<(index + 1) * elements.keySize])
          if count >= capacity && self.index(of: key) == nil {
            refusedCount += 1
            continue
          }
          let row = insert(key).index
          for cpu in 0..<elements.valueCount {
            let start = (index * elements.valueCount + cpu) * elements.stride
            let value = UnsafeRawBufferPointer(rebasing: values[start..<start + elements.stride])
            withRow(row) { target in
              for word in 0..<stride {
                let number = value.word(word)
                if areSums { target[word] &+= number } else { target[cpu * stride + word] = number }
              }
            }
          }
        }
      }
    }
    return refusedCount
  }

  /// Returns the rows as elements of maps like `handle`, with one value for all CPUs iff they are sums.
  func elements(of handle: MapHandle, areSums: Bool) -> MapElements {
    var result = MapElements(of: handle, valueCount: areSums ? 1 : handle.valueCount)
    let valueCount = count * result.valueCount
    if valueCount == 0 { return result }
    let size = rowSize / result.valueCount * 8
    var values: [UInt8] = []
    values.reserveCapacity(valueCount * result.stride)
    rows.withUnsafeBytes { bytes in
      for index in 0..<valueCount {
        values.append(
          contentsOf: UnsafeRawBufferPointer(
            rebasing: bytes[index * size..<index * size + result.stride]))
      }
    }
    result.append(count, keys: keys, values: values)
    return result
  }

}

extension UnsafeRawBufferPointer {

  /// Returns the 64-bit word with the given index; what is behind the end is zero.
  fileprivate func word(_ index: Int) -> UInt64 {
    if (index + 1) * 8 <= count { return loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
    var result: UInt64 = 0
    for offset in index * 8..<count { result |= UInt64(self[offset]) << UInt64((offset - index * 8) * 8) }
    return result
  }

}
