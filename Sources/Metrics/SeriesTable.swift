import Output

/// The series of a family that a map has: labels and a value for each, no labels twice.
struct SeriesTable {

  /// A series.
  struct Series {

    /// Where its labels are.
    let labels: Range<Int>

    /// Its value.
    var value: Value

  }

  /// The labels of all series, each as they stand between braces.
  private(set) var labels: [UInt8] = []

  /// The series.
  private(set) var series: [Series] = []

  /// How many values were left out because their labels were there already and they cannot be merged.
  private(set) var duplicateCount = 0

  /// The indices of series at the places that the hashes of their labels lead to, −1 where there is none; a power of two.
  private var slots: [Int32]

  /// What becomes of values whose labels are there already.
  private let merging: MetricForm.Merging

  /// Creates a table for `count` values at most.
  init(capacity count: Int, merging: MetricForm.Merging) {
    self.merging = merging
    var size = 4
    while size < 2 * count { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    series.reserveCapacity(count)
    labels.reserveCapacity(count * 48)
  }

  /// Adds `value` with the labels that `write` appends.
  ///
  /// - Requires: there are less values than the table was made for.
  mutating func add(_ value: Value, _ write: (inout [UInt8]) -> Void) {
    let start = labels.count
    write(&labels)
    let range = start..<labels.count
    var slot = place(of: range)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if areEqual(series[index].labels, range) {
        labels.removeSubrange(range)
        merge(value, into: index)
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(series.count)
    series.append(Series(labels: range, value: value))
  }

  /// Returns the place at which labels are looked for first. The keys come from whatever is traced: nobody is to know it.
  private func place(of range: Range<Int>) -> Int {
    var hasher = Hasher()
    labels.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[range])) }
    return hasher.finalize() & (slots.count - 1)
  }

  /// Returns `true` iff the labels in the two ranges are the same.
  private func areEqual(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    a.count == b.count && labels.withUnsafeBytes { $0[a].elementsEqual($0[b]) }
  }

  /// Merges `value` into the series with the given index, or counts it if that cannot be.
  private mutating func merge(_ value: Value, into index: Int) {
    if let merged = series[index].value.merged(with: value, by: merging) {
      series[index].value = merged
    } else {
      duplicateCount += 1
    }
  }

}
