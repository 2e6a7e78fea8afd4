import BPF
import Types

extension MapTwin {

  /// Returns the number of words of the rows that elements of `handle` become: of all CPUs together if they can be added up.
  func rowSize(of handle: MapHandle) -> Int {
    KeyedRows.rowSize(of: handle, areSums: merging == .sums)
  }

  /// Adds `elements` to `rows`, which have none of their keys.
  func add(_ elements: MapElements, to rows: inout KeyedRows) {
    rows.add(elements, areSums: merging == .sums)
  }

  /// Returns `rows` as elements of maps like `handle`.
  func elements(of rows: KeyedRows, in handle: MapHandle) -> MapElements {
    rows.elements(of: handle, areSums: merging == .sums)
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
