import Output
public import Types

/// The maps of a script that are sent.
public struct SentMaps: Sendable {

  /// How each is sent, by the map's name with the `@`.
  let maps: [String: SentMap]

  /// For each key of an item, without what differs between elements, the name of the map that it is for.
  public let names: [String: String]

  /// `true` iff the script prints them while it runs, not only at its end.
  public let arePrinted: Bool

  /// Finds out how the maps in `manifest`, of the script called `script`, are sent: those that the script prints, or else all that hold
  /// results, which are printed at its end.
  public init(_ manifest: Manifest, ofScript script: String, _ configuration: ZabbixConfiguration)
    throws(ZabbixFault)
  {
    var printed: Set<Int> = []
    for event in manifest.events {
      switch event.action {
      case .printMap(let map, _, _), .printMapAndReset(let map, _, _, _), .printElement(let map, _):
        printed.insert(map)
      case .table(let table): printed.formUnion(table.columns.map(\.map))
      default: break
      }
    }
    arePrinted = !printed.isEmpty
    if printed.isEmpty { printed = Set(manifest.maps.indices.filter { manifest.maps[$0].isExported }) }
    var maps: [String: SentMap] = [:]
    var names: [String: String] = [:]
    for index in printed.sorted() {
      let map = manifest.maps[index]
      let sent = try SentMap(map, of: manifest, inScript: script, configuration)
      maps[map.name] = sent
      let name = sent.key([], member: nil)
      if let other = names.updateValue(map.name, forKey: name) {
        throw .mapsAreTheSame(other, map.name, key: name)
      }
    }
    self.maps = maps
    self.names = names
  }

  /// Throws iff maps of several scripts, `all`, would be the same items, or if a template of `configuration` is for a map that none
  /// has.
  public static func check(_ all: [SentMaps], _ configuration: ZabbixConfiguration) throws(ZabbixFault) {
    var names: [String: String] = [:]
    for (name, map) in all.flatMap(\.names) {
      if let other = names.updateValue(map, forKey: name) { throw .mapsAreTheSame(other, map, key: name) }
    }
    let known = Set(all.flatMap(\.maps.keys))
    for name in configuration.mapTemplates.keys.sorted() where !known.contains(name) {
      throw .unknownMap(name, others: known.sorted())
    }
  }

}

extension SentMap {

  /// Creates the map `map` of `manifest`, that of the script called `script`, as it is sent by `configuration`.
  fileprivate init(
    _ map: MapDescription, of manifest: Manifest, inScript script: String,
    _ configuration: ZabbixConfiguration
  ) throws(ZabbixFault) {
    let template = configuration.mapTemplates[map.name] ?? configuration.template
    let labels = KeyLabel.all(for: map.key, knowing: manifest.types)
    let names = labels.map(\.name)
    if !labels.isEmpty {
      if !template.isAboutKey { throw .elementsAreTheSame(map.name, template, names: names) }
      for name in template.keyPartNames
      where !names.contains(name) && !labels.indices.contains(where: { "key\($0)" == name }) {
        throw .missingPart(name, of: map.name, template, names: names)
      }
    }
    context = KeyTemplate.Context(
      script: script, map: map.name == "@" ? script : String(map.name.dropFirst()), host: configuration.host)
    self.template = template
    self.labels = labels
    discoveryKey = labels.isEmpty ? nil : configuration.discoveryTemplate?.key(in: context, parts: [])
  }

}
