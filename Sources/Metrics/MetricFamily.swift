import Output

/// Metrics of the same name: what maps become.
struct MetricFamily: Sendable {

  /// A map, or a part of its values, whose elements are metrics of the family.
  struct Source: Sendable {

    /// The map.
    let map: ExportedMap

    /// What its values become.
    let form: MetricForm

    /// The labels that its keys become.
    let labels: [KeyLabel]

    /// The name of the script where that is a label, because maps of several scripts are in the family.
    var scriptLabel: String? = nil

  }

  /// The name.
  let name: MetricName

  /// The kind.
  let kind: MetricKind

  /// What the metrics are about.
  var help: String

  /// The maps.
  var sources: [Source]

  /// The names that samples of the family have, or may have where others show such a family, and that of the family.
  var reservedNames: [String] { [name.text] + kind.suffixes.map { name.text + $0 } }

  /// The unit, nil if the name tells none.
  var unit: String? { kind == .info ? nil : name.unit }

}
