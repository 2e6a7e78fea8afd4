extension Manifest {

  /// Returns the manifest with `probes` in place of those that it has, and maps that have room for them.
  public func naming(_ probes: [ProbeDescription]) -> Manifest {
    var result = self
    result.maps = maps.map { $0.resized(from: self.probes.count, to: probes.count) }
    result.probes = probes
    return result
  }

}

extension MapDescription {

  /// Returns the map, if it has an element for each of `old` probes, with one for each of `new`.
  fileprivate func resized(from old: Int, to new: Int) -> MapDescription {
    let storage: MapStorage
    switch self.storage {
    case .dense(old, let isPerCPU): storage = .dense(count: new, isPerCPU: isPerCPU)
    case .hash(let kind, let capacity) where key == [.probeName] || key == [.functionName]:
      storage = .hash(kind, capacity: max(capacity, new))
    default: return self
    }
    var result = self
    result.storage = storage
    return result
  }

  /// The number of elements that the map has room for, nil if that does not depend on the script's probes.
  public var probeCapacity: Int? {
    switch storage {
    case .dense(let count, _): count
    case .hash(_, let capacity) where key == [.probeName] || key == [.functionName]: capacity
    default: nil
    }
  }

}
