import BPF
import Types

/// What a script took from maps that others see as if nothing was ever taken from them, since counters only grow for them.
final class RetainedSums {

  /// What was taken from a map, by key.
  private var byMap: [Int: KeyedRows] = [:]

  /// The number of keys that are kept of each map.
  private let capacities: [Int: Int]

  /// How often a new key of each map was not kept, since as many were as the map has room for.
  private(set) var refusedCounts: [Int: UInt64] = [:]

  /// Creates an instance for those of `indices` that are counters among `maps`.
  init(of indices: Set<Int> = [], among maps: [MapDescription] = []) {
    var capacities: [Int: Int] = [:]
    for index in indices where maps[index].isCounter { capacities[index] = maps[index].capacity ?? Int.max }
    self.capacities = capacities
  }

  /// Returns `true` iff what is taken from the map with the given index is kept.
  func isKept(_ index: Int) -> Bool { capacities[index] != nil }

  /// Notes that `elements` were taken from the map with the given index.
  func add(_ elements: MapElements, ofMap index: Int) {
    guard let capacity = capacities[index], elements.count > 0 else { return }
    var rows = byMap.removeValue(forKey: index) ?? KeyedRows(of: elements)
    let refusedCount = rows.add(elements, areSums: true, upTo: capacity)
    if refusedCount > 0 { refusedCounts[index, default: 0] += UInt64(refusedCount) }
    byMap[index] = rows
  }

  /// Returns what was taken from the map with the given index, nil if nothing was.
  subscript(_ index: Int) -> KeyedRows? { byMap[index] }

}

extension MapDescription {

  /// `true` iff the values are sums of what programs add, which only grow for others; averages of such are not.
  fileprivate var isCounter: Bool {
    guard case .aggregation(let aggregation) = value else { return false }
    if case .average = aggregation { return false }
    return aggregation.isAdditive
  }

}
