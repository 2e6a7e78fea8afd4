import Semantics
import Syntax
import Types

/// Where the values of each map are: the cheapest storage that its keys and its uses allow.
struct StoragePlan {

  /// The maps in the order of declaration.
  let maps: [MapDescription]

  /// The layout of the variable that holds the maps without a key.
  let globals: GlobalsLayout

  /// Creates the plan for the maps of `program`, whose probe table has `probeCount` names.
  init(of program: Program, probeCount: Int) {
    var size = GlobalsLayout.firstFree
    var refusedUpdates: [Int] = []
    for _ in program.maps {
      refusedUpdates.append(size)
      size += 8
    }

    let deleted = program.deletedMaps
    let keyNames = program.keyNames
    let resets = MapResets(of: program)
    self.maps = program.maps.map { map in
      let storage: MapStorage
      switch (map.key, map.value) {
      case _ where map.pinned != nil:
        guard let pinned = map.pinned else { preconditionFailure("a map that is not pinned") }
        storage = .pinned(pinned)
      case _ where map.declared != nil:
        guard let declared = map.declared else { preconditionFailure("a map without a declaration") }
        storage = .hash(declared.kind, capacity: declared.capacity)
      // Others know hash tables, not how we lay out what we alone read.
      case ([], let value) where program.settings.pinsMaps:
        storage = .hash(value.isAggregation ? .perCPU : .shared, capacity: 1)
      case ([], .plain(let type)) where type.isScalar:
        storage = .global(offset: size, presence: size + 8)
        size += 16
      case ([], .plain):
        storage = .hash(.shared, capacity: 1)
      case ([], .aggregation):
        storage = .perCPU
      case ([.probeName], let value) where !deleted.contains(map.name) && !program.settings.pinsMaps:
        storage = .dense(count: probeCount, isPerCPU: value.isAggregation)
      case (let key, let value):
        // As many as there are where it is known.
        let isByProbe = key == [.probeName] || key == [.functionName]
        let capacity = max(program.settings.maximumMapKeys, isByProbe ? probeCount : 0)
        storage = .hash(value.isAggregation ? .perCPU : .shared, capacity: capacity)
      }
      var description = MapDescription(name: map.name, key: map.key, value: map.value, storage: storage)
      description.keyNames = keyNames[map.name] ?? []
      description.help = map.help
      description.isScratch = resets.mapsWithDeletedKeys.contains(map.name) || storage.forgetsPlainValues
      while program.functions[description.objectName] != nil
        || ProgramNames.reserved.contains(description.objectName)
      {
        description.objectName += "_"
      }
      description.twin = resets.twin(of: description, in: program) {
        defer { size += 8 }
        return size
      }
      return description
    }
    self.globals = GlobalsLayout(refusedUpdates: refusedUpdates, size: size)
  }

}

extension MapStorage {

  /// `true` iff elements with values that are not gathered go when there is no room for others: what may be gone at any time is noted
  /// for a while, and is no result.
  fileprivate var forgetsPlainValues: Bool {
    if case .hash(.leastRecentlyUsed, _) = self { true } else { false }
  }

}

extension MapValue {

  /// `true` iff numbers are gathered.
  var isAggregation: Bool { if case .aggregation = self { true } else { false } }

}
