/// Why what a script prints cannot be sent.
public struct ZabbixFault: Error, Equatable, Sendable {

  /// A sentence, in lower case and without a full stop.
  public let message: String

  /// What to do about it, nil if that cannot be said.
  public let hint: String?

}

extension ZabbixFault {

  /// The fault that `template` does not tell the elements of `map` apart, whose keys' parts are called `names`.
  static func elementsAreTheSame(_ map: String, _ template: KeyTemplate, names: [String]) -> ZabbixFault {
    ZabbixFault(
      message: "all elements of '\(map)' would be sent as one item '\(template.text)'",
      hint: "put '{key}' into the brackets, or \(list(names))")
  }

  /// The fault that the keys of `map`, whose parts are called `names`, have no part `name`, which `template` names.
  static func missingPart(
    _ name: String, of map: String, _ template: KeyTemplate, names: [String]
  ) -> ZabbixFault {
    ZabbixFault(
      message: "the keys of '\(map)' have no part '\(name)', which '\(template.text)' names",
      hint: "there is \(list(names)); \"--zabbix-key '\(map)=KEY'\" is for this map only")
  }

  /// The fault that the elements of `first` and `second` would be the items `key`.
  static func mapsAreTheSame(_ first: String, _ second: String, key: String) -> ZabbixFault {
    if first == second {
      return ZabbixFault(
        message: "'\(first)' of several scripts would be sent as '\(key)'",
        hint: "put '{script}' into the key: \"--zabbix-key '{script}.{map}[{key}]'\"")
    }
    return ZabbixFault(
      message: "'\(first)' and '\(second)' would both be sent as '\(key)'",
      hint: "put '{map}' into the key, or '{script}' where they are of several scripts")
  }

  /// The fault that there is no `map`, for which a template was given, but `others`.
  static func unknownMap(_ map: String, others: [String]) -> ZabbixFault {
    ZabbixFault(
      message: "'--zabbix-key' names '\(map)', a map that no script prints",
      hint: others.isEmpty ? nil : "there is \(others.map { "'\($0)'" }.joined(separator: ", "))")
  }

  /// Returns the placeholders for `names` with commas between them.
  private static func list(_ names: [String]) -> String {
    names.map { "'{\($0)}'" }.joined(separator: ", ")
  }

}
