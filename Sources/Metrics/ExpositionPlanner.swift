import Output
import Types

/// Gathers families of metrics, map by map.
struct ExpositionPlanner {

  /// The families so far.
  private(set) var families: [MetricFamily] = []

  /// The maps that are not shown, and why.
  private(set) var unexportedMaps: [UnexportedMap] = []

  /// What is wrong with names.
  private(set) var faults: [ExportFault] = []

  /// The indices of the families by their names.
  private var indices: [String: Int] = [:]

  /// Adds what `map`, which is in the script called `script`, becomes; its structures are in `types`.
  mutating func add(_ map: MapDescription, _ place: ExportedMap, of script: String, knowing types: TypeTable)
  {
    let forms = MetricForm.all(of: map.value, in: map.name, knowing: types)
    if let reason = reason(toHide: map, forms) {
      unexportedMaps.append(UnexportedMap(script: place.script, map: map.name, reason: reason))
      return
    }
    let labels = KeyLabel.all(for: map.key, knowing: types)
    for form in forms {
      if let fault = fault(in: labels, form, of: place) {
        faults.append(fault)
        return
      }
      let name = MetricName(map: map.name, of: script, member: form.member, kind: form.kind)
      guard !Reservation.holds(name.text) else {
        faults.append(.reservedName(name.text, of: place))
        return
      }
      let source = MetricFamily.Source(map: place, form: form, labels: labels)
      let family = MetricFamily(
        name: name, kind: form.kind, help: help(for: map, form), sources: [source])
      guard join(family) else { return }
    }
  }

  /// Returns why `map`, whose values become `forms`, is not shown; nil if it is.
  private func reason(toHide map: MapDescription, _ forms: [MetricForm]) -> String? {
    if map.isPrivate { return "its name begins with an underscore" }
    if !map.isExported {
      return "the script deletes its elements by key; a comment that says what it is for lets it be shown"
    }
    return forms.isEmpty ? "its values have neither numbers nor texts" : nil
  }

  /// Adds `family`, which has one source, to the family of the same name if there is one. Returns `false` iff that cannot be.
  private mutating func join(_ family: MetricFamily) -> Bool {
    guard let index = indices[family.name.text] else {
      indices[family.name.text] = families.count
      families.append(family)
      return true
    }
    let (old, new) = (families[index].sources[0].map, family.sources[0].map)
    if families[index].kind != family.kind, old.script != new.script {
      faults.append(.differentKinds(family.name.text, of: new, family.kind, with: old, families[index].kind))
      return false
    }
    if families[index].kind != family.kind
      || families[index].sources.contains(where: { $0.map.script == new.script })
    {
      faults.append(.clash(of: new, with: old, over: family.name.text))
      return false
    }
    families[index].sources += family.sources
    return true
  }

  /// Returns what is wrong with `labels` as those of metrics of the given form, nil if they will do.
  private func fault(in labels: [KeyLabel], _ form: MetricForm, of map: ExportedMap) -> ExportFault? {
    var names: Set<String> = []
    for label in labels {
      if label.name.hasPrefix("__") { return .reservedLabel(label.name, of: map) }
      if label.name == form.kind.reservedLabel { return .takenLabel(label.name, of: map, form.kind) }
      if !names.insert(label.name).inserted { return .repeatedLabel(label.name, of: map) }
    }
    guard case .texts(let texts) = form.reading else { return nil }
    for text in texts {
      if text.name.hasPrefix("__") { return .reservedLabel(text.name, of: map) }
      if !names.insert(text.name).inserted { return .repeatedLabel(text.name, of: map) }
    }
    return nil
  }

  /// Gives the metrics of families with maps of several scripts a label with the name of the script.
  mutating func tellScriptsApart(named names: [String]) {
    for index in families.indices where families[index].sources.count > 1 {
      for source in families[index].sources.indices {
        let map = families[index].sources[source].map
        families[index].sources[source].scriptLabel = names[map.script]
        var labels = families[index].sources[source].labels
        if case .texts(let texts) = families[index].sources[source].form.reading { labels += texts }
        if labels.contains(where: { $0.name == "script" }) { faults.append(.scriptLabel(of: map)) }
      }
    }
  }

  /// Checks that no samples of two families can have the same name.
  mutating func checkSampleNames() {
    var owners: [String: Int] = [:]
    for (index, family) in families.enumerated() {
      for name in family.reservedNames {
        guard let owner = owners.updateValue(index, forKey: name) else { continue }
        faults.append(.clash(of: family.sources[0].map, with: families[owner].sources[0].map, over: name))
        break
      }
    }
  }

  /// Returns what the metrics of the given form are about.
  private func help(for map: MapDescription, _ form: MetricForm) -> String {
    let member = form.member.dropFirst()
    guard let help = map.help else {
      return "The \(member.isEmpty ? "" : "member \(member) of the ")values of \(map.name)."
    }
    return member.isEmpty ? help : "\(help) (\(member))"
  }

}
