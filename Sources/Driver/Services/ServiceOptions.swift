import Services

/// What `apus service` does.
public enum ServiceAction: String, Equatable, Codable, Sendable, CaseIterable {

  /// Make systemd start the script with the machine.
  case install

  /// Take that back.
  case uninstall

  /// Print the unit.
  case show

}

/// What the command line says about a service.
public struct ServiceOptions: Equatable, Codable, Sendable {

  /// What the service is called, nil to call it as the script (`--name`).
  public var name: String? = nil

  /// `true` iff the service is also started at once (`--now`).
  public var startsNow = false

  /// The options in front of the script, which the service is given too.
  var given: [GivenOption] = []

  /// Notes that the option `row` was given as `name`, with `value` if it has one.
  mutating func note(_ row: OptionRow, as name: String, _ value: String? = nil) {
    if !row.isOfServices { given.append(GivenOption(name: name, value: value, isPath: row.takesPath)) }
  }

}

/// An option as it was given.
struct GivenOption: Equatable, Codable, Sendable {

  /// The name with its dashes.
  let name: String

  /// The argument, nil if it has none.
  let value: String?

  /// `true` iff the argument is the path of a file or a folder.
  let isPath: Bool

}

extension OptionRow {

  /// The options of `apus service`.
  static let serviceRows: [OptionRow] = [
    OptionRow("--now", help: "start the service that 'apus service install' installs at once") {
      $0.service.startsNow = true
    },
    OptionRow("--name", argument: "NAME", help: "call the service NAME, not as the script is called") {
      (options, value) throws(UsageFault) in
      guard UnitName.isUsable(value) else {
        throw UsageFault("'--name' takes letters, digits and '.', '_' and '-', not '\(value)'")
      }
      options.service.name = value
    },
  ]

  /// `true` iff the option is about services, not about what they run.
  var isOfServices: Bool { OptionRow.serviceRows.contains { $0.names == names } }

  /// `true` iff the argument is the path of a file or a folder.
  var takesPath: Bool { argument == "FILE" || argument == "DIR" || names.contains("--cgroup") }

}
