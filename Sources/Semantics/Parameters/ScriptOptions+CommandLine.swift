import Diagnostics
public import Syntax

extension ScriptOptions {

  /// Returns why `parameter` is none of the options, nil iff it is one.
  public func fault(with parameter: NamedParameter) -> String? {
    if options.contains(where: { $0.name == parameter.name }) { return nil }
    if options.isEmpty { return "the script takes no options, so '--\(parameter.name)' means nothing to it" }
    let near = suggestion(for: "--\(parameter.name)", among: options.map { "--\($0.name)" } + ["--help"])
    return "the script has no option '--\(parameter.name)'"
      + (near.isEmpty ? "; '--help' behind the script lists its options" : near)
  }

  /// `true` iff the script itself asks for `--help`.
  public var hasHelp: Bool { options.contains { $0.name == "help" } }

  /// What `--help` prints about the script that messages call `name`.
  public func usage(of name: String) -> String {
    var result = "usage: apus \(name) [OPTION]... [PARAMETER]...\n"
    if options.isEmpty { return result + "\nThe script takes no options.\n" }
    result += "\noptions:\n"
    let headings = options.map { "--\($0.name)\($0.standard.placeholder)" }
    let width = min(headings.map(\.count).max() ?? 0, 30)
    for (option, heading) in zip(options, headings) {
      let help = [option.help, option.standard.note].filter { !$0.isEmpty }.joined(separator: " ")
      result += "  \(heading)"
      if !help.isEmpty { result += String(repeating: " ", count: max(0, width - heading.count) + 2) + help }
      result += "\n"
    }
    return result
  }

}

extension ScriptOptions.Value {

  /// What stands for the value in help, with its `=`.
  fileprivate var placeholder: String {
    switch self {
    case .truth(false): ""
    case .truth(true): "=true|false"
    case .number: "=NUMBER"
    case .text: "=TEXT"
    }
  }

  /// What help says about the default, empty if that goes without saying.
  fileprivate var note: String {
    switch self {
    case .truth(false): ""
    case .truth(true): "(default: true)"
    case .number(let number): "(default: \(number.isNegative ? "-" : "")\(number.magnitude.value))"
    case .text(let bytes): bytes.isEmpty ? "" : "(default: \(String(decoding: bytes, as: UTF8.self)))"
    }
  }

  /// What messages call values of the kind.
  fileprivate var expectation: String {
    switch self {
    case .truth: "'true' or 'false'"
    case .number: "a number"
    case .text: "a text"
    }
  }

}

/// Messages about options, sorted by name.
extension Diagnostic {

  /// Two calls of `getopt` that ask for one option with different defaults.
  static func differentOptions(_ name: String, at site: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "the option '--\(name)' has another default elsewhere", at: site,
      notes: [Note("it is asked for first here", at: first)])
  }

  /// A default that is no literal.
  static func invalidOptionDefault(_ site: SourceSpan) -> Diagnostic {
    .error("the default of an option must be a truth value, a number or a string", at: site)
  }

  /// A help text that is no string.
  static func invalidOptionHelp(_ site: SourceSpan) -> Diagnostic {
    .error("the help text of an option must be a string literal", at: site)
  }

  /// A name that cannot stand behind `--`.
  static func invalidOptionName(_ site: SourceSpan) -> Diagnostic {
    .error(
      "the name of an option must be a string literal of letters, digits, '_' and '-'", at: site,
      hint: "write, for instance, 'getopt(\"count\", 10)' for '--count=20'")
  }

  /// A call of `getopt` with too few or too many arguments.
  static func wrongOptionArgumentCount(_ count: Int, at site: SourceSpan) -> Diagnostic {
    .error(
      "'getopt' takes a name, a default and a help text, but \(count == 0 ? "nothing is" : "\(count) arguments are") given",
      at: site)
  }

  /// A value of the command line that is none of the option's.
  static func wrongOptionValue(_ parameter: NamedParameter, _ option: ScriptOptions.Option) -> Diagnostic {
    let given =
      parameter.value.map { "'\($0)' is given on the command line" } ?? "nothing is given on the command line"
    return .error(
      "the option '--\(option.name)' takes \(option.standard.expectation), but \(given)", at: option.site)
  }

}
