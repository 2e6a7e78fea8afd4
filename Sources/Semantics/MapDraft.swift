import Builtins
import Diagnostics
import Kernel
import Syntax
import Types

/// A map while it is being found out what the script uses it as.
struct MapDraft {

  /// The name with its `@`, where it is used first.
  let name: Name

  /// The parts of the key, nil as long as nothing tells their number.
  var key: [ValueSlot]?

  /// The place that gave the key its number of parts.
  var keySite: SourceSpan?

  /// The value of a map that is no aggregation.
  var value = ValueSlot()

  /// How numbers are gathered.
  var aggregation: Aggregation?

  /// `true` iff only literals that are not negative are gathered so far, so that their sign does not matter.
  var gathersLiterals = false

  /// The place that made the map an aggregation.
  var aggregationSite: SourceSpan?

  /// What the script declares about the map's memory.
  var declared: Program.DeclaredStorage?

  /// The kind of table in that declaration.
  var declaredKind: Name?

  /// The map that someone else made, if the script declares that it is one.
  var pinned: PinnedMapView? { didSet { if pinned != nil { isFilled = true } } }

  /// `true` iff the map that someone else made is not there, which is tolerated, so that the script alone tells its types.
  var isStandIn = false { didSet { if isStandIn { isFilled = true } } }

  /// `true` iff the script gives it a value somewhere, or someone else does.
  var isFilled = false

  /// `true` iff the script uses it somewhere besides declaring it.
  var isUsed = false

  /// `true` iff it was reported that something about the map cannot be known.
  var isReported = false

  /// What builtins see.
  var type: MapType {
    let held = aggregation.map { MapValue.aggregation($0) } ?? value.value.map { MapValue.plain($0.type) }
    return MapType(key: key?.compactMap { $0.value?.type } ?? [], value: held)
  }

}

extension Aggregation {

  /// The name by which scripts call it.
  var name: String {
    switch self {
    case .count: "count"
    case .sum: "sum"
    case .minimum: "min"
    case .maximum: "max"
    case .average: "avg"
    case .stats: "stats"
    case .histogram: "hist"
    case .linearHistogram: "lhist"
    case .timeSeries: "tseries"
    }
  }

  /// The type as which the gathered number is read, nil if it is not one number.
  var readType: Type? {
    switch self {
    case .count: .int64
    case .sum(let isSigned), .minimum(let isSigned), .maximum(let isSigned), .average(let isSigned):
      isSigned ? .int64 : .uint64
    case .stats, .histogram, .linearHistogram, .timeSeries: nil
    }
  }

  /// Returns the aggregation that gathers what `self` and `other` do, nil if they differ in more than sign.
  func union(_ other: Aggregation) -> Aggregation? {
    if self == other { return self }
    switch (self, other) {
    case (.sum, .sum): return .sum(isSigned: true)
    case (.minimum, .minimum): return .minimum(isSigned: true)
    case (.maximum, .maximum): return .maximum(isSigned: true)
    case (.average, .average): return .average(isSigned: true)
    case (.stats, .stats): return .stats(isSigned: true)
    case (.timeSeries(var a), .timeSeries(let b)):
      a.isSigned = b.isSigned
      guard a == b else { return nil }
      a.isSigned = true
      return .timeSeries(a)
    default: return nil
    }
  }

}
