import Diagnostics
import Syntax

extension Options {

  /// Creates an instance from the arguments of the process, without its name.
  ///
  /// Options stand in front of the script; what follows the script belongs to it.
  public init(parsing arguments: [String]) throws(UsageFault) {
    var parser = OptionParser(arguments: arguments)
    self = try parser.parse()
  }

}

/// Reads a command line from left to right.
private struct OptionParser {

  /// The arguments that are left.
  private var rest: ArraySlice<String>

  /// What was read so far.
  private var options = Options()

  /// The number of `--` behind the script so far.
  private var separators = 0

  /// Creates a parser of `arguments`.
  init(arguments: [String]) { rest = arguments[...] }

  /// Returns what the arguments ask for.
  mutating func parse() throws(UsageFault) -> Options {
    while let argument = rest.first, argument.hasPrefix("-"), argument != "-" {
      rest.removeFirst()
      if argument == "--" {
        separators = options.script == nil ? 0 : 1
        break
      }
      if argument.hasPrefix("--") { try takeLong(argument) } else { try takeShort(argument) }
    }
    try takeOperands()
    return options
  }

  /// Applies `--name`, `--name=value` or `--name value`.
  private mutating func takeLong(_ argument: String) throws(UsageFault) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    try apply(row(named: name), as: name, attached: parts.count > 1 ? String(parts[1]) : nil)
  }

  /// Applies options of one letter each, the last of which may take the rest as its argument: `-lv`, `-p1`.
  private mutating func takeShort(_ argument: String) throws(UsageFault) {
    if let exact = OptionRow.all.first(where: { $0.names.contains(argument) }) {
      return try apply(exact, as: argument, attached: nil)
    }
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      let row = try row(named: name, in: argument)
      if row.argument != nil && !letters.isEmpty {
        let value = letters.first == "=" ? letters.dropFirst() : letters
        return try apply(row, as: name, attached: String(value))
      }
      try apply(row, as: name, attached: nil)
    }
  }

  /// Applies `row`, which stands as `name`; its argument is `attached` or else the next one.
  private mutating func apply(_ row: OptionRow, as name: String, attached: String?) throws(UsageFault) {
    switch row.effect {
    case .unsupported:
      throw UsageFault("'\(name)' is not supported by this version")
    case .flag(let set):
      if let attached { throw UsageFault("'\(name)' takes no argument, so '=\(attached)' makes no sense") }
      set(&options)
    case .value(let set):
      guard let value = attached ?? rest.popFirst() else {
        throw UsageFault("'\(name)' needs an argument: \(name) \(row.argument ?? "")")
      }
      try set(&options, value)
    }
  }

  /// Reads the script, or the pattern of `-l`, and the script's parameters.
  private mutating func takeOperands() throws(UsageFault) {
    switch options.task {
    case .showHelp, .showVersion, .showInfo:
      return
    case .list:
      let pattern = rest.popFirst()
      if pattern != nil && options.script != nil {
        throw UsageFault("'-l' lists either the probes of '-e' or those that match a pattern, not both")
      }
      options.task = .list(pattern: pattern)
    case .trace, .format:
      if options.script == nil, let file = rest.popFirst() {
        options.script = file == "-" ? .standardInput : .file(file)
      }
      guard options.script != nil else {
        throw UsageFault("there is no script; give a FILE or -e 'PROGRAM', or see 'apus --help'")
      }
      if options.targetPID != nil && options.command != nil {
        throw UsageFault("'-p' and '-c' each name the process to trace; give one of them")
      }
    }
    takeParameters()
  }

  /// Reads what stands behind the script and belongs to it: parameters in order and, with two dashes, by name.
  ///
  /// The first `--` says that what follows is the script's, which it would be without; behind a second one nothing is a name.
  private mutating func takeParameters() {
    for argument in rest {
      if argument == "--" && separators < 2 {
        separators += 1
      } else if separators < 2, let parameter = NamedParameter(argument: argument) {
        options.namedParameters.append(parameter)
      } else {
        options.parameters.append(argument)
      }
    }
  }

  /// Returns the option called `name`, which stands within `argument`.
  private func row(named name: String, in argument: String? = nil) throws(UsageFault) -> OptionRow {
    if let row = OptionRow.all.first(where: { $0.names.contains(name) }) { return row }
    var message = "unknown option '\(name)'"
    if let argument, argument != name { message += " in '\(argument)'" }
    let longNames = OptionRow.all.flatMap(\.names).filter { $0.count > 2 }
    let near = suggestion(for: argument ?? name, among: longNames)
    throw UsageFault(message + (near.isEmpty ? "; 'apus --help' lists the options" : near))
  }

}

extension NamedParameter {

  /// Creates the parameter that `argument` is, `--name` or `--name=value`; nil if it is another word.
  fileprivate init?(argument: String) {
    guard argument.hasPrefix("--"), argument.count > 2, !argument.hasPrefix("---"), !argument.hasPrefix("--=")
    else {
      return nil
    }
    let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : nil)
  }

}
