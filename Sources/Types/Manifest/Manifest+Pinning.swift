extension Manifest {

  /// A map that is pinned, for others to find.
  public struct PinnedMap: Hashable, Codable, Sendable {

    /// The name of the file.
    public let file: String

    /// The name of the map in the object.
    public let objectName: String

  }

  /// The maps that are pinned if any are: those with a name that are not pinned already, and the table of stacks if there is one.
  ///
  /// Files in BPF file systems have no dots in their names (`bpf_lookup` in kernel/bpf/inode.c).
  public var pinnedMaps: [PinnedMap] {
    var result = maps.filter { $0.objectName != ObjectNames.namelessMap && !$0.isGlobal && $0.pinned == nil }
      .map {
        PinnedMap(file: String($0.name.dropFirst()), objectName: $0.objectName)
      }
    if !result.isEmpty, stacks != nil {
      result.append(PinnedMap(file: "apus_stacks", objectName: ObjectNames.stacks))
    }
    return result
  }

}
