import Types

/// What the maps of one or more scripts are as metrics.
///
/// It is made once, when the scripts are compiled; what they hold is turned into text by it as often as somebody asks.
public struct Exposition: Sendable {

  /// The scripts.
  public let scripts: [ExportedScript]

  /// The families of metrics, in the order of scripts and maps.
  let families: [MetricFamily]

  /// The maps that are not shown, and why.
  public let unexportedMaps: [UnexportedMap]

  /// What is wrong with the names in the scripts: as long as there is anything, nothing can be shown.
  public let faults: [ExportFault]

  /// Finds out what the maps of `scripts` are as metrics.
  public init(of scripts: [ExportedScript]) {
    var planner = ExpositionPlanner()
    for (script, exported) in scripts.enumerated() {
      for (index, map) in exported.manifest.maps.enumerated() {
        planner.add(
          map, ExportedMap(script: script, index: index, name: map.name), of: exported.name,
          knowing: exported.manifest.types)
      }
    }
    planner.tellScriptsApart(named: scripts.map(\.name))
    planner.checkSampleNames()
    self.scripts = scripts
    self.families = planner.families
    self.unexportedMaps = planner.unexportedMaps
    self.faults = planner.faults
  }

  /// Returns the indices of the maps of the script with the given index that are shown, of which a snapshot tells the contents.
  public func exportedMaps(ofScript index: Int) -> Set<Int> {
    Set(families.flatMap { $0.sources.lazy.map(\.map).filter { $0.script == index }.map(\.index) })
  }

}
