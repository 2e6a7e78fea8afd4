import Metrics
import Output
import Types

/// A map and what it holds, for tests.
struct TestMap {

  /// The map.
  var description: MapDescription

  /// The elements.
  let elements: [MapContents.Element]

  /// Creates a map with the given properties.
  init(
    _ name: String, key: [Type] = [], _ value: MapValue, _ elements: [([Value], Value)], help: String? = nil
  ) {
    description = MapDescription(
      name: name, key: key, value: value, storage: .hash(.perCPU, capacity: 4096))
    description.help = help
    self.elements = elements.map { MapContents.Element(key: $0, value: $1) }
  }

}

extension Exposition {

  /// Creates the exposition of scripts with the given names and maps.
  init(_ scripts: [(String, [TestMap])]) {
    self.init(
      of: scripts.map { name, maps in
        ExportedScript(name: name, manifest: Manifest(maps: maps.map(\.description)))
      })
  }

}

/// Returns the snapshot of a script with `maps`.
func snapshot(of maps: [TestMap]) -> Snapshot {
  var result = Snapshot()
  for (index, map) in maps.enumerated() {
    result.maps[index] = MapContents(
      name: map.description.name, isKeyed: !map.description.key.isEmpty, elements: map.elements)
  }
  return result
}

/// Returns the metrics of scripts with the given names and maps in `format`.
func exposed(_ scripts: [(String, [TestMap])], as format: ExpositionFormat = .openMetrics) -> String {
  let states = scripts.map { ScriptState(snapshot(of: $0.1), isRunning: true) }
  return String(
    decoding: Exposition(scripts).text(of: states, ServerState(version: "1.2.3"), as: format), as: UTF8.self)
}

/// Returns the metrics of the maps of a script called `script` in `format`, those about apus left out.
func mapText(of maps: TestMap..., as format: ExpositionFormat = .openMetrics) -> String {
  let lines = exposed([("script", maps)], as: format).split(separator: "\n")
  return lines.filter { !$0.contains("apus_") && $0 != "# EOF" }.map { $0 + "\n" }.joined()
}
