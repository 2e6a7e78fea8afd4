extension MapDescription {

  /// The number of keys that there is room for, nil if there is room for all.
  public var capacity: Int? {
    switch storage {
    case .hash(_, let capacity): capacity
    case .pinned(let map): map.capacity
    case .global, .perCPU, .dense: nil
    }
  }

}
