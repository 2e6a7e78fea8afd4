import Kernel
import Types

extension RecordedKernel {

  /// The maps that are pinned to files, by the paths of those.
  static let pinnedMaps: [String: PinnedMapView] = {
    let flow = structure(
      "flow", size: 16, ("saddr", .uint32, 0),
      ("dport", .integer(IntegerType(width: 16, isSigned: false)), 4),
      ("name", .array(of: .integer(IntegerType(width: 8, isSigned: true)), count: 8), 6))
    let total = structure("total", size: 16, ("rx", .uint64, 0), ("tx", .uint64, 8))
    var flags = structure("flags", size: 4)
    flags.layout = StructureLayout(
      size: 4, alignment: 4,
      members: [.init(name: "low", type: .uint32, offset: 0, bits: .init(offset: 0, width: 3))])
    let flows = view(
      "flows", .hash, key: 16, value: 16, keyType: flow.type, valueType: total.type, of: [flow, total])
    let views = [
      flows,
      view("bits", .hash, key: 4, value: 4, keyType: flags.type, valueType: flags.type, of: [flags]),
      view(
        "names", .leastRecentlyUsedHash, key: 16, value: 4,
        keyType: .array(of: .integer(IntegerType(width: 8, isSigned: true)), count: 16), valueType: .int32),
      view("set", .hash, key: 8, value: 4),
      view("odd", .hash, key: 12, value: 16),
      view("array", .array, key: 4, value: 8),
      view("sums", .perCPUHash, key: 4, value: 8),
      view("means", .perCPUArray, key: 4, value: 12),
      view("read-only", .hash, key: 4, value: 1, flags: 1 << 7),
      view("write-only", .hash, key: 4, value: 1, flags: 1 << 8),
    ]
    return Dictionary(uniqueKeysWithValues: views.map { ($0.map.path, $0) })
  }()

  /// Returns a structure and its layout.
  private static func structure(
    _ tag: String, size: Int, _ members: (name: String, type: Type, offset: Int)...
  ) -> (name: StructureName, type: Type, layout: StructureLayout) {
    let name = StructureName(.struct, tag)
    return (
      name, .structure(StructureType(name, size: size, alignment: 4)),
      StructureLayout(
        size: size, alignment: 4,
        members: members.map { .init(name: $0.name, type: $0.type, offset: $0.offset) })
    )
  }

  /// Returns a map that is pinned to `/maps/NAME`.
  private static func view(
    _ name: String, _ kind: PinnedMap.Kind, key: Int, value: Int, flags: UInt32 = 0, keyType: Type? = nil,
    valueType: Type? = nil, of structures: [(name: StructureName, type: Type, layout: StructureLayout)] = []
  ) -> PinnedMapView {
    var table = TypeTable()
    for structure in structures { table.structures[structure.name] = structure.layout }
    return PinnedMapView(
      PinnedMap(
        path: "/maps/\(name)", kind: kind, keySize: key, valueSize: value, capacity: 100, flags: flags),
      key: keyType, value: valueType, table: table)
  }

}
