/// Why the maps of scripts cannot be shown as metrics.
public struct ExportFault: Hashable, Sendable {

  /// The index of the script.
  public let script: Int

  /// The map, with the `@`.
  public let map: String

  /// The label that is to blame, nil if none is.
  public var label: String? = nil

  /// The map that it does not go together with, nil if there is none.
  public var other: OtherMap? = nil

  /// What is wrong.
  public let message: String

  /// How that can be mended.
  public let hint: String

  /// A map that another one does not go together with.
  public struct OtherMap: Hashable, Sendable {

    /// The index of the script.
    public let script: Int

    /// The map, with the `@`.
    public let map: String

    /// Creates an instance of `map`.
    init(_ map: ExportedMap) { (script, self.map) = (map.script, map.name) }

  }

}

extension ExportFault {

  /// The name of a metric is one that others give.
  static func reservedName(_ name: String, of map: ExportedMap) -> ExportFault {
    ExportFault(
      script: map.script, map: map.name,
      message:
        "'\(map.name)' cannot be shown as a metric: '\(name)' is one that \(Reservation.owner(of: name)) gives",
      hint: "give the map another name")
  }

  /// Two maps would have samples of the same name.
  static func clash(of map: ExportedMap, with other: ExportedMap, over sample: String) -> ExportFault {
    let place = other.script == map.script ? "" : " of another script"
    return ExportFault(
      script: map.script, map: map.name, other: OtherMap(other),
      message: "the metrics of '\(map.name)' and of '\(other.name)'\(place) could both be called '\(sample)'",
      hint: "give one of the maps another name")
  }

  /// Two scripts have a map of the same name that become different kinds of metrics.
  static func differentKinds(
    _ name: String, of map: ExportedMap, _ kind: MetricKind, with other: ExportedMap, _ otherKind: MetricKind
  ) -> ExportFault {
    ExportFault(
      script: map.script, map: map.name, other: OtherMap(other),
      message:
        "the metric '\(name)' would be a \(kind.rawValue) here and a \(otherKind.rawValue) in another script",
      hint: "give one of the maps another name")
  }

  /// A label has a name that only Prometheus may give.
  static func reservedLabel(_ label: String, of map: ExportedMap) -> ExportFault {
    ExportFault(
      script: map.script, map: map.name, label: label,
      message:
        "'\(label)' in the key of '\(map.name)' cannot be the name of a label: those with '__' in front are "
        + "for monitoring itself",
      hint: "give the member another name")
  }

  /// A label has a name that metrics of the kind use for something else.
  static func takenLabel(_ label: String, of map: ExportedMap, _ kind: MetricKind) -> ExportFault {
    ExportFault(
      script: map.script, map: map.name, label: label,
      message:
        "'\(label)' in the key of '\(map.name)' cannot be the name of a label: a \(kind.rawValue) has one of "
        + "its own that is called so",
      hint: "give the member another name")
  }

  /// Two labels have the same name.
  static func repeatedLabel(_ label: String, of map: ExportedMap) -> ExportFault {
    ExportFault(
      script: map.script, map: map.name, label: label,
      message: "two labels of the metrics of '\(map.name)' would be called '\(label)'",
      hint: "give one of the members another name")
  }

  /// A label is called as the one that tells scripts apart.
  static func scriptLabel(of map: ExportedMap) -> ExportFault {
    ExportFault(
      script: map.script, map: map.name, label: "script",
      message:
        "'script' in the key of '\(map.name)' cannot be the name of a label: it tells the scripts apart that "
        + "have such a map",
      hint: "give the member or the map another name")
  }

}
