import Metrics
import Output
import Testing
import Types

/// Structures in C as keys and values: maps that someone else made.
@Suite struct StructureTests {

  /// The structures of the maps.
  private let types: TypeTable = {
    var types = TypeTable()
    types.structures[.init(.struct, "flow")] = StructureLayout(
      size: 16,
      members: [
        .init(name: "port", type: .integer(IntegerType(width: 16, isSigned: false)), offset: 0),
        .init(name: "peer", type: StructureTests.type(.struct, "peer"), offset: 4),
        .init(name: "__pad", type: .uint32, offset: 12),
      ])
    types.structures[.init(.struct, "peer")] = StructureLayout(
      size: 8, members: [.init(name: "address", type: .inet, offset: 0)])
    types.structures[.init(.struct, "nameless")] = StructureLayout(
      size: 8, members: [.init(name: "", type: .uint64, offset: 0)])
    types.structures[.init(.struct, "endless")] = StructureLayout(
      size: 8, members: [.init(name: "e", type: StructureTests.type(.struct, "endless"), offset: 0)])
    types.structures[.init(.union, "either")] = StructureLayout(
      size: 8, members: [.init(name: "a", type: .uint64, offset: 0)])
    types.structures[.init(.struct, "figures")] = StructureLayout(
      size: 24,
      members: [
        .init(name: "rx", type: .uint64, offset: 0), .init(name: "tx", type: .int64, offset: 8),
        .init(name: "state", type: .enumeration(name: "e", .int32), offset: 16),
      ])
    return types
  }()

  /// Returns the type of a structure or union.
  private static func type(_ keyword: StructureName.Keyword, _ tag: String) -> Type {
    .structure(StructureType(.init(keyword, tag), size: 8, alignment: 8))
  }

  @Test func membersAreLabels() {
    /// Returns the names and the paths of the labels of a key of one structure.
    func labels(_ keyword: StructureName.Keyword, _ tag: String) -> [KeyLabel] {
      KeyLabel.all(for: [StructureTests.type(keyword, tag)], knowing: types)
    }
    #expect(
      labels(.struct, "flow") == [
        KeyLabel(name: "port", path: [0, 0]), KeyLabel(name: "peer_address", path: [0, 1, 0]),
        KeyLabel(name: "pad", path: [0, 2]),
      ])
    for whole in [labels(.struct, "nameless"), labels(.union, "either"), labels(.struct, "unknown")] {
      #expect(whole == [KeyLabel(name: "key0", path: [0])])
    }
    #expect(labels(.struct, "endless").count == 1)
  }

  @Test func membersAreMetrics() {
    let map = MapDescription(
      name: "@flows", key: [.uint32, StructureTests.type(.struct, "peer")],
      value: .plain(StructureTests.type(.struct, "figures")), storage: .hash(.shared, capacity: 8))
    var manifest = Manifest(maps: [map])
    manifest.types = types
    let exposition = Exposition(of: [ExportedScript(name: "s", manifest: manifest)])
    #expect(exposition.faults.isEmpty && exposition.unexportedMaps.isEmpty)
    var state = Snapshot()
    state.maps[0] = MapContents(
      name: "@flows", isKeyed: true,
      elements: [
        .init(
          key: [.unsigned(7), .record([.init("address", .text("::1"))])],
          value: .record([
            .init("rx", .unsigned(1000)), .init("tx", .signed(-5)),
            .init("state", .symbol(Array("UP".utf8), 1)),
          ]))
      ])
    let text = exposition.text(
      of: [ScriptState(state, isRunning: true)], ServerState(version: "1"), as: .openMetrics)
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("flows") }
    #expect(
      lines == [
        "flows_rx{key0=\"7\",address=\"::1\"} 1000", "flows_tx{key0=\"7\",address=\"::1\"} -5",
        "flows_info{key0=\"7\",address=\"::1\",state=\"UP\"} 1",
      ])
  }

}
