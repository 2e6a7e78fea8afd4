import Diagnostics
import Manuals
import Semantics
import Syntax

/// Reads what stands behind a script: its options and parameters and, behind the name of a tool, options of apus that the tool
/// has none of the same name for.
struct ArgumentParser {

  /// The options of the script.
  private let script: ScriptOptions

  /// The options of other scripts that get the same arguments, which are nothing to this one.
  private let others: [ScriptOptions]

  /// `true` iff the script is a tool.
  private let isTool: Bool

  /// `true` iff what looks like an option must be one.
  private let isStrict: Bool

  /// What messages call the script.
  private let name: String

  /// The arguments that are left, and what the options of apus among them say.
  private var parser: OptionParser

  /// The number of `--` so far.
  private var separators: Int

  /// The options that were given.
  private var named: [NamedParameter] = []

  /// The parameters that were given.
  private var positional: [String] = []

  /// Creates a parser of the arguments of `options` for a script with `script`, called `name` by its manual if it has one.
  ///
  /// Options that only `others` have, scripts that get the same arguments, are passed over.
  init(
    _ options: Options, for script: ScriptOptions, called name: String?, besides others: [ScriptOptions] = []
  ) {
    self.script = script
    self.others = others
    self.name = name ?? "the script"
    self.isStrict = name != nil
    self.separators = options.scriptArgumentsFollowSeparator ? 1 : 0
    self.parser = OptionParser(arguments: options.scriptArguments, behind: options)
    if case .tool = options.script { isTool = true } else { isTool = false }
  }

  /// Returns what the arguments say, nil if they ask for help.
  mutating func parse() throws(UsageFault) -> Options? {
    while let argument = parser.rest.popFirst() {
      // The first `--` says that what follows is the script's, behind a second one nothing is an option.
      if argument == "--" && separators < 2 {
        separators += 1
      } else if separators == 2 || !isOption(argument) {
        positional.append(argument)
      } else if argument.hasPrefix("--") {
        if try takeLong(argument) { return nil }
      } else {
        if try takeShort(argument) { return nil }
      }
    }
    var result = parser.options
    try result.checkConflicts()
    result.namedParameters = named
    result.parameters = positional
    return result
  }

  /// `true` iff options of apus may stand here.
  private var knowsOptionsOfApus: Bool { isTool && separators == 0 }

  /// Returns `true` iff `argument` looks like an option. A dash and a digit is a negative number, but if the script has an
  /// option with that digit as its short form.
  private func isOption(_ argument: String) -> Bool {
    guard argument.first == "-", let second = argument.dropFirst().first else { return false }
    return !("0"..."9").contains(second)
      || ([script] + others).contains { $0.option(withLetter: second) != nil }
  }

  /// Reads `--name`, `--name=value` or `--name value`, and returns `true` iff it asks for help.
  private mutating func takeLong(_ argument: String) throws(UsageFault) -> Bool {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let long = String(parts[0])
    if let option = script.option(named: String(long.dropFirst(2))) {
      try add(option, as: long, attached: parts.count > 1 ? String(parts[1]) : nil)
      return false
    }
    if let option = others.lazy.compactMap({ $0.option(named: String(long.dropFirst(2))) }).first {
      if parts.count == 1 { passOver(valueOf: option) }
      return false
    }
    if long == "--help" { return true }
    if knowsOptionsOfApus {
      guard OptionRow.all.contains(where: { $0.names.contains(long) }) else { throw unknown(long) }
      try takeOptionOfApus(long) { (parser) throws(UsageFault) in try parser.takeLong(argument) }
    } else if long.count == 2 || long.hasPrefix("---") {
      positional.append(argument)
    } else {
      throw unknown(long)
    }
    return false
  }

  /// Reads options of one letter each, the last of which may take the rest as its value, and returns `true` iff one asks for help.
  private mutating func takeShort(_ argument: String) throws(UsageFault) -> Bool {
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      let short = "-\(letter)"
      if let option = script.option(withLetter: letter) {
        if option.takesValue && !letters.isEmpty {
          let value = letters.first == "=" ? letters.dropFirst() : letters
          try add(option, as: short, attached: String(value))
          return false
        }
        try add(option, as: short, attached: nil)
      } else if let option = others.lazy.compactMap({ $0.option(withLetter: letter) }).first {
        guard option.takesValue else { continue }
        if letters.isEmpty { passOver(valueOf: option) }
        return false
      } else if isStrict && letter == "h" {
        return true
      } else if knowsOptionsOfApus {
        guard let row = OptionRow.all.first(where: { $0.names.contains(short) }) else { throw unknown(short) }
        // The rest is the value of this option, or part of its name.
        let whole = "-\(letter)\(letters)"
        let takesRest = row.argument != nil || row.names.contains(whole)
        let option = takesRest ? whole : short
        try takeOptionOfApus(short) { (parser) throws(UsageFault) in try parser.takeShort(option) }
        if takesRest { return false }
      } else if letters.count == argument.count - 2 {
        // A script that does not know the first letter gets the word as it is.
        if isStrict { throw unknown(short) }
        positional.append(argument)
        return false
      } else {
        throw unknown(short)
      }
    }
    return false
  }

  /// Notes `option`, which stands as `name`; its value is `attached` or else, if it takes one, the next argument.
  private mutating func add(
    _ option: ScriptOptions.Option, as name: String, attached: String?
  ) throws(UsageFault) {
    var value = attached
    if value == nil, option.takesValue, parser.rest.first != "--" { value = parser.rest.popFirst() }
    if let fault = option.fault(with: value, as: name) { throw UsageFault(fault) }
    named.append(NamedParameter(name: option.name, value: value))
  }

  /// Passes over the next argument if it is the value of `option`, which another script has.
  private mutating func passOver(valueOf option: ScriptOptions.Option) {
    if option.takesValue, parser.rest.first != "--" { parser.rest.removeFirst(min(1, parser.rest.count)) }
  }

  /// Has `body` read an option of apus, which stands as `name`.
  private mutating func takeOptionOfApus(
    _ name: String, _ body: (inout OptionParser) throws(UsageFault) -> Void
  ) throws(UsageFault) {
    let before = parser.options
    do throws(UsageFault) {
      try body(&parser)
    } catch {
      throw name == "-e" ? UsageFault("'-e' takes the place of a tool; give one of them") : error
    }
    guard parser.options.task == before.task else {
      throw UsageFault("'\(name)' stands in front of the name of a tool: apus \(name) \(self.name)")
    }
  }

  /// Returns the fault of `option`, which nobody knows.
  private func unknown(_ option: String) -> UsageFault {
    let own = script.options.map { "--\($0.name)" } + ["--help"]
    let others = knowsOptionsOfApus ? OptionRow.all.flatMap(\.names).filter { $0.count > 2 } : []
    if script.options.isEmpty && !isStrict {
      return UsageFault("\(name) takes no options, so '\(option)' means nothing to it")
    }
    let near = suggestion(for: option, among: own + others)
    return UsageFault(
      "\(name) has no option '\(option)'"
        + (near.isEmpty && !isTool ? "; '--help' behind it lists its options" : near))
  }

}
