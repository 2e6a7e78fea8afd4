import Diagnostics
import StandardScripts

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
struct OptionParser {

  /// The arguments that are left.
  var rest: ArraySlice<String>

  /// What was read so far.
  var options: Options

  /// Creates a parser of `arguments`, which say more than `options` do.
  init(arguments: [String], behind options: Options = Options()) {
    self.rest = arguments[...]
    self.options = options
  }

  /// Returns what the arguments ask for.
  mutating func parse() throws(UsageFault) -> Options {
    try takeOptions()
    if options.task == .trace, options.script == nil, rest.first == "build" {
      rest.removeFirst()
      options.task = .build
      try takeOptions()
    } else if options.task == .trace, options.script == nil, rest.first == "service" {
      rest.removeFirst()
      let action = ["-h", "--help"].contains(rest.first) ? nil : try takeServiceAction()
      try takeOptions()
      options.task = try serviceTask(action)
    }
    try takeOperands()
    return options
  }

  /// Reads the options that stand next.
  private mutating func takeOptions() throws(UsageFault) {
    while let argument = rest.first, argument.hasPrefix("-"), argument != "-" {
      rest.removeFirst()
      if argument == "--" {
        options.scriptArgumentsFollowSeparator = options.script != nil
        break
      }
      if argument.hasPrefix("--") { try takeLong(argument) } else { try takeShort(argument) }
    }
  }

  /// Applies `--name`, `--name=value` or `--name value`.
  mutating func takeLong(_ argument: String) throws(UsageFault) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    try apply(row(named: name), as: name, attached: parts.count > 1 ? String(parts[1]) : nil)
  }

  /// Applies options of one letter each, the last of which may take the rest as its argument: `-lv`, `-p1`.
  mutating func takeShort(_ argument: String) throws(UsageFault) {
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
    case .flag(let set):
      if let attached { throw UsageFault("'\(name)' takes no argument, so '=\(attached)' makes no sense") }
      set(&options)
      options.service.note(row, as: name)
    case .value(let set):
      guard let value = attached ?? rest.popFirst() else {
        throw UsageFault("'\(name)' needs an argument: \(name) \(row.argument ?? "")")
      }
      try set(&options, value)
      options.service.note(row, as: name, value)
    }
  }

  /// Reads the script, or the pattern of `-l`, and the script's parameters.
  private mutating func takeOperands() throws(UsageFault) {
    switch options.task {
    case .showHelp, .showVersion, .showInfo:
      return
    case .listTools, .showTool, .showManual, .showToolsHelp, .showServiceHelp: return
    case .list:
      let pattern = rest.popFirst()
      if pattern != nil && options.script != nil {
        throw UsageFault("'-l' lists either the probes of '-e' or those that match a pattern, not both")
      }
      if let pattern, let tool = Tool.named(pattern) {
        options.script = .tool(tool.name)
        options.task = .list(pattern: nil)
      } else {
        options.task = .list(pattern: pattern)
      }
      try options.checkExporting()
    case .service(.uninstall):
      try takeServiceNames()
    case .trace, .format, .build, .service:
      if options.runsScript && options.isExporting {
        try takeScripts()
      } else if options.script == nil, let operand = rest.popFirst() {
        if operand == "tools" && options.task == .trace { return try takeToolsCommand() }
        options.script = Options.ScriptOrigin(operand: operand)
      }
      guard options.script != nil else {
        throw UsageFault("there is no script; give a FILE or -e 'PROGRAM', or see 'apus --help'")
      }
      try options.checkConflicts()
    }
    options.scriptArguments = Array(rest)
  }

  /// Reads what stands behind `tools`.
  private mutating func takeToolsCommand() throws(UsageFault) {
    guard let word = rest.popFirst() else {
      options.task = .listTools
      return
    }
    switch word {
    case "-h", "--help": options.task = .showToolsHelp
    case "--show": options.task = .showTool(try takeToolName(behind: word))
    case "--man": options.task = .showManual(try takeToolName(behind: word))
    case _ where Tool.named(word) != nil:
      throw UsageFault("'apus tools' lists the tools; 'apus \(word)' runs this one")
    default:
      let near = suggestion(for: word, among: ["--show", "--man", "--help"])
      throw UsageFault(
        "'apus tools' does not know '\(word)'" + (near.isEmpty ? "; see 'apus tools --help'" : near))
    }
    if let word = rest.first { throw UsageFault("'apus tools' does not know what to do with '\(word)'") }
  }

  /// Reads the name of a tool behind `option`.
  private mutating func takeToolName(behind option: String) throws(UsageFault) -> String {
    guard let name = rest.popFirst() else {
      throw UsageFault("'\(option)' needs the name of a tool; 'apus tools' lists them")
    }
    // The man page of apus itself is made in the same way.
    if Tool.named(name) != nil || option == "--man" && name == "apus" { return name }
    let near = suggestion(for: name, among: Tool.all.map(\.name))
    throw UsageFault("there is no tool '\(name)'" + (near.isEmpty ? "; 'apus tools' lists them" : near))
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

extension Options {

  /// Throws iff options contradict one another.
  func checkConflicts() throws(UsageFault) {
    if task == .build { try checkBuilding() }
    try checkZabbix()
    try checkService()
    try checkExporting()
    if targetPID != nil && command != nil {
      throw UsageFault("'-p' and '-c' each name the process to trace; give one of them")
    }
  }

}

extension Options.ScriptOrigin {

  /// Creates the origin that `operand`, a word of the command line, stands for: a tool's name, a path, or `-`.
  init(operand: String) {
    if operand == "-" {
      self = .standardInput
    } else if let tool = Tool.named(operand) {
      self = .tool(tool.name)
    } else {
      self = .file(operand)
    }
  }

}
