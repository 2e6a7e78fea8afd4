import BPF
import Types

extension MapTwin {

  /// Returns the number of words of the rows that elements of `handle` become: of all CPUs together if they can be added up.
  func rowSize(of handle: MapHandle) -> Int {
    let words = handle.stride.rounded(upToMultipleOf: 8) / 8
    return merging == .sums ? words : words * handle.valueCount
  }

  /// Adds `elements` to `rows`, which have none of their keys.
  func add(_ elements: MapElements, to rows: inout KeyedRows) {
    let stride = elements.stride.rounded(upToMultipleOf: 8) / 8
    elements.keys.withUnsafeBytes { keys in
      elements.values.withUnsafeBytes { values in
        for index in 0..<elements.count {
          let key = UnsafeRawBufferPointer(
            rebasing: keys[index * elements.keySize..<(index + 1) * elements.keySize])
          let row = rows.insert(key).index
          for cpu in 0..<elements.valueCount {
            let start = (index * elements.valueCount + cpu) * elements.stride
            let value = UnsafeRawBufferPointer(rebasing: values[start..<start + elements.stride])
            rows.withRow(row) { target in
              for word in 0..<stride {
                let number = value.word(word)
                if merging == .sums { target[word] &+= number } else { target[cpu * stride + word] = number }
              }
            }
          }
        }
      }
    }
  }

  /// Returns `rows` as elements of maps like `handle`.
  func elements(of rows: KeyedRows, in handle: MapHandle) -> MapElements {
    var result = MapElements(of: handle, valueCount: merging == .sums ? 1 : handle.valueCount)
    let valueCount = rows.count * result.valueCount
    if valueCount == 0 { return result }
    let rowSize = rows.rowSize / result.valueCount * 8
    var values: [UInt8] = []
    values.reserveCapacity(valueCount * result.stride)
    rows.rows.withUnsafeBytes { bytes in
      for index in 0..<valueCount {
        values.append(
          contentsOf: UnsafeRawBufferPointer(
            rebasing: bytes[index * rowSize..<index * rowSize + result.stride]))
      }
    }
    result.append(rows.count, keys: rows.keys, values: values)
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

extension Aggregation {

  /// Puts the extremes of `row` into `target` where they are more extreme; each CPU has `stride` words: a number, and whether there
  /// is one.
  func mergeExtremes(
    of row: UnsafeBufferPointer<UInt64>, into target: UnsafeMutableBufferPointer<UInt64>, stride: Int
  ) {
    for start in Swift.stride(from: 0, to: row.count, by: stride) where row[start + 1] != 0 {
      let (new, old) = (row[start], target[start])
      let isBetter =
        switch self {
        case .minimum(let isSigned): isSigned ? Int64(bitPattern: new) < Int64(bitPattern: old) : new < old
        case .maximum(let isSigned): isSigned ? Int64(bitPattern: new) > Int64(bitPattern: old) : new > old
        default: false
        }
      if target[start + 1] == 0 || isBetter {
        for word in start..<start + stride { target[word] = row[word] }
      }
    }
  }

}
