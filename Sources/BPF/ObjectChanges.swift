import CBPF

/// What is different from what an object file says when it is loaded.
public struct ObjectChanges: Hashable, Sendable {

  /// The sections of programs by their names, which tell their types; those that are not named are not loaded.
  public let sections: [String: String]

  /// The numbers of elements of maps by their names in the object.
  public let capacities: [String: Int]

  /// Creates an instance with the given properties.
  public init(sections: [String: String], capacities: [String: Int]) {
    self.sections = sections
    self.capacities = capacities
  }

  /// Gives the maps of `object` their numbers of elements.
  func resizeMaps(of object: OpaquePointer) {
    for (name, capacity) in capacities {
      guard let map = bpf_object__find_map_by_name(object, name) else { continue }
      bpf_map__set_max_entries(map, UInt32(clamping: capacity))
    }
  }

}
