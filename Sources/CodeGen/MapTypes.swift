import LLVM
import Types

/// What the keys and the values of a map of the script are to those who look at it from outside.
struct MapTypes {

  /// What a key of the kernel's map is.
  let key: DebugType

  /// What an entry of it is.
  let value: DebugType

  /// Creates the types of `map`, a map of `manifest`.
  init(of map: MapDescription, in manifest: Manifest) {
    key = MapTypes.key(of: map, in: manifest).padded(to: map.keySize)
    var value = DebugType(map.value, in: manifest)
    switch map.storage {
    case .perCPU, .dense: value = value.withPresence(of: map)
    case .global, .hash, .pinned: break
    }
    self.value = value.padded(to: map.entrySize)
    precondition(
      key.size == map.keySize && self.value.size == map.entrySize, "a type of another size than the map's")
  }

  /// Returns what a key of `map` is.
  private static func key(of map: MapDescription, in manifest: Manifest) -> DebugType {
    switch map.storage {
    // The kernel takes nothing else for arrays (`array_map_check_btf` in kernel/bpf/arraymap.c).
    case .global, .perCPU, .dense: return .index
    case .hash, .pinned: break
    }
    guard let first = map.key.first else { return .word }
    if map.key.count == 1 { return DebugType(first, in: manifest) }
    let parts = map.key.enumerated().map { index, type in
      (name: map.keyNames.indices.contains(index) ? map.keyNames[index] : "key\(index)", type: type)
    }
    return DebugType(partsOf: parts, named: "key", in: manifest)
  }

}

extension DebugType {

  /// Returns the type with as many bytes behind it, of which nothing is told, as it takes to have `size` of them.
  fileprivate func padded(to size: Int) -> DebugType {
    if self.size >= size { return self }
    guard case .structure(let name, _, let members) = self else {
      return .structure(name: "padded", size: size, members: [Member("value", at: 0, self)])
    }
    return .structure(name: name, size: size, members: members)
  }

  /// Creates the type of what a map holds for each key, nothing else of an entry included.
  init(_ value: MapValue, in manifest: Manifest) {
    switch value {
    case .plain(.integer(let type)): self = DebugType(IntegerType(width: 64, isSigned: type.isSigned))
    case .plain(let type): self = DebugType(type, in: manifest)
    case .aggregation(let aggregation): self = DebugType(aggregation)
    }
  }

  /// The number of buckets up to which each has a name.
  private static let greatestNamedBucketCount = 256

  /// Creates the type of what numbers are gathered in.
  private init(_ aggregation: Aggregation) {
    switch aggregation {
    case .count: self = .word
    case .sum(let isSigned): self = .number(isSigned)
    case .minimum(let isSigned): self = .words("minimum", [("min", .number(isSigned)), ("has_value", .word)])
    case .maximum(let isSigned): self = .words("maximum", [("max", .number(isSigned)), ("has_value", .word)])
    case .average(let isSigned): self = .words("average", [("total", .number(isSigned)), ("count", .word)])
    case .stats(let isSigned): self = .words("stats", [("total", .number(isSigned)), ("count", .word)])
    case .histogram(let bits):
      let buckets = HistogramBuckets(bits: bits)
      let names =
        ["below_0"]
        + (1..<buckets.count).map { index in
          let bound = buckets.lowerBound(of: index)
          let next = index + 1 < buckets.count ? buckets.lowerBound(of: index + 1) &- 1 : UInt64.max
          return bound == next ? "at_\(bound)" : "from_\(bound)_to_\(next)"
        }
      self = .histogram(names, aggregation.histogramLayout)
    case .linearHistogram(let minimum, let maximum, let step):
      let count = aggregation.histogramLayout?.bucketCount ?? 0
      let bounds = (0..<max(count - 1, 0)).map { index -> String in
        let bound = min(minimum &+ Int64(index) &* step, maximum)
        return bound < 0 ? "minus_\(bound.magnitude)" : "\(bound)"
      }
      self = .histogram(
        ["below_\(bounds.first ?? "0")"] + bounds.map { "from_\($0)" }, aggregation.histogramLayout)
    case .timeSeries(let layout):
      let last: String = layout.function == .average ? "count" : "time"
      let slot = DebugType.words(
        "slot", [("interval", .word), ("value", .number(layout.isSigned)), (last, .word)])
      self = .array(slot, count: layout.slotCount)
    }
  }

  /// Returns the type of a number that can be negative iff `isSigned`.
  private static func number(_ isSigned: Bool) -> DebugType {
    DebugType(IntegerType(width: 64, isSigned: isSigned))
  }

  /// Returns the type, called `name`, of `words` in a row.
  private static func words(_ name: String, _ words: [(String, DebugType)]) -> DebugType {
    .structure(
      name: name, size: 8 * words.count,
      members: words.enumerated().map { Member($1.0, at: 8 * $0, $1.1) })
  }

  /// Returns the type of the words of `layout`, whose buckets have `names` unless they are too many.
  private static func histogram(_ names: [String], _ layout: HistogramLayout?) -> DebugType {
    guard let layout else { preconditionFailure("not a histogram") }
    let sums: [(String, DebugType)] =
      (layout.separatesNegatives ? [("below_0", .word)] : []) + [("sum", .number(true))]
    if layout.bucketCount <= greatestNamedBucketCount {
      return .words("histogram", names.map { ($0, .word) } + sums)
    }
    let buckets = Member("buckets", at: 0, .array(.word, count: layout.bucketCount))
    return .structure(
      name: "histogram", size: 8 * layout.wordCount,
      members: [buckets]
        + sums.enumerated().map { Member($1.0, at: 8 * (layout.bucketCount + $0), $1.1) })
  }

  /// Returns the type of an entry that begins with a value of the type, and ends with the word that tells whether it is set.
  fileprivate func withPresence(of map: MapDescription) -> DebugType {
    let members: [Member]
    let name: String
    if case .structure(let own, _, let inner) = self, map.isAggregated {
      (name, members) = (own, inner)
    } else {
      (name, members) = ("entry", [Member("value", at: 0, self)])
    }
    return .structure(
      name: name, size: map.entrySize, members: members + [Member("is_set", at: map.presenceOffset, .word)])
  }

}

extension MapDescription {

  /// `true` iff the map holds numbers that are gathered.
  fileprivate var isAggregated: Bool { if case .aggregation = value { true } else { false } }

}
