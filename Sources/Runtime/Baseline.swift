import BPF
import Types

/// What the sums in an array were when it was reset last.
///
/// User space cannot read the words of another CPU and set them to zero in one step; so it remembers what they were, and nothing
/// that programs add is lost.
struct Baseline {

  /// The bytes of all values, as `MapElements` has them.
  let values: [UInt8]

  /// `true` iff elements are gone until something is added to them, not zero.
  let isCleared: Bool

  /// Returns what programs have added to `elements` of `map` since then.
  func subtracted(from elements: MapElements, of map: MapDescription) -> MapElements {
    var values = elements.values
    var result = elements
    let size = elements.stride * elements.valueCount
    for i in 0..<elements.count {
      let index = elements.key(i).enumerated().reduce(0) { $0 | Int($1.element) << ($1.offset * 8) }
      for cpu in 0..<elements.valueCount {
        subtract(
          at: index * size + cpu * elements.stride, from: &values, at: i * size + cpu * elements.stride, map)
      }
    }
    result.replaceValues(with: values)
    return result
  }

  /// Subtracts the words at `base` from those of `values` at `start`, one CPU's of an element of `map`.
  private func subtract(at base: Int, from values: inout [UInt8], at start: Int, _ map: MapDescription) {
    guard base >= 0, base + map.entrySize <= self.values.count, start + map.entrySize <= values.count else {
      return
    }
    var hasChanged = false
    self.values.withUnsafeBytes { old in
      values.withUnsafeMutableBytes { new in
        for offset in stride(from: 0, to: map.valueSize, by: 8) {
          let before = old.loadUnaligned(fromByteOffset: base + offset, as: UInt64.self)
          let now = new.loadUnaligned(fromByteOffset: start + offset, as: UInt64.self)
          if now != before { hasChanged = true }
          new.storeBytes(of: now &- before, toByteOffset: start + offset, as: UInt64.self)
        }
        if isCleared && !hasChanged {
          new.storeBytes(of: 0, toByteOffset: start + map.presenceOffset, as: UInt64.self)
        }
      }
    }
  }

}

/// The baselines of the maps of a run.
final class Baselines {

  /// The baselines by the index of the map.
  private var byMap: [Int: Baseline] = [:]

  /// The baseline of the map with the given index, nil if it was never reset by one.
  subscript(_ index: Int) -> Baseline? {
    get { byMap[index] }
    set { byMap[index] = newValue }
  }

}
