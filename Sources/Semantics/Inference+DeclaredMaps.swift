import Diagnostics
import Syntax
import Types

extension Inference {

  /// Reports what does not go together in the declarations and the uses of maps. Those with names in `mapsLeftOut` are used on other
  /// kernels.
  mutating func checkDeclaredMaps(except mapsLeftOut: Set<String>) {
    for map in maps {
      if !map.isUsed, mapsLeftOut.contains(map.name.text) { continue }
      if map.pinned != nil, !map.isUsed { report(.unusedMap(map.name)) }
      guard let declared = map.declared, let kind = map.declaredKind else { continue }
      guard map.isFilled else {
        // What is only read was reported where it is.
        if map.key == nil && !map.isReported { report(.unusedMap(map.name)) }
        continue
      }
      if let aggregation = map.aggregation, let site = map.aggregationSite, !declared.kind.isPerCPU {
        report(.sharedAggregation(map.name, aggregation, kind, at: site))
      } else if map.aggregation == nil, let site = map.value.site, declared.kind.isPerCPU {
        report(.plainValuePerCPU(map.name, kind, at: site))
      }
    }
  }

}

extension HashKind {

  /// `true` iff there is a value for each CPU.
  fileprivate var isPerCPU: Bool {
    switch self {
    case .perCPU, .leastRecentlyUsedPerCPU: true
    case .shared, .leastRecentlyUsed: false
    }
  }

}
