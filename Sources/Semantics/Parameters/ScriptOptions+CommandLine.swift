import Diagnostics
import Syntax

extension ScriptOptions {

  /// Returns the option called `name`, nil if there is none.
  public func option(named name: String) -> Option? { options.first { $0.name == name } }

  /// Returns the option with the short form `letter`, nil if there is none.
  public func option(withLetter letter: Character) -> Option? { options.first { $0.letter == letter } }

}

extension ScriptOptions.Option {

  /// `true` iff a value belongs to the option, so that it may stand behind it as a word of its own.
  public var takesValue: Bool {
    if case .truth = standard { return false }
    return true
  }

  /// The names, and what stands for the value: `-n, --top=NUMBER`.
  public var heading: String {
    let short = letter.map { "-\($0)" } ?? ""
    if letter.map({ String($0) }) == name { return short + standard.placeholder.replacingEqualsSign }
    return (short.isEmpty ? "" : short + ", ") + "--\(name)\(standard.placeholder)"
  }

  /// What it is good for, and its default.
  public var explanation: String {
    [help, standard.note].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Returns why `value`, nil for none, cannot be given to the option, which is called `name` with its dashes; nil if it can.
  public func fault(with value: String?, as name: String) -> String? {
    if standard.parsed(value) != nil { return nil }
    if let value { return "'\(name)' takes \(standard.expectation), not '\(value)'" }
    return
      "'\(name)' needs a value: \(name)\(name.hasPrefix("--") ? standard.placeholder : standard.placeholder.replacingEqualsSign)"
  }

}

extension String {

  /// The text, a space in place of the sign that it begins with, as it stands behind short options.
  fileprivate var replacingEqualsSign: String { isEmpty ? "" : " " + dropFirst() }

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
      hint:
        "write, for instance, 'getopt(\"count\", 10)' for '--count=20', or 'getopt(\"count|n\", 10)' for '-n 20' too"
    )
  }

  /// Two options with one short form.
  static func sharedOptionLetter(
    _ letter: Character, of name: String, and other: String, at site: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    .error(
      "the options '--\(name)' and '--\(other)' have the same short form '-\(letter)'", at: site,
      notes: [Note("'--\(other)' is asked for first here", at: first)])
  }

  /// An option in a probe that no call of `getopt` asks for.
  static func unknownOption(_ name: String, at site: SourceSpan, _ options: ScriptOptions) -> Diagnostic {
    .error(
      "the script has no option '--\(name)'\(suggestion(for: name, among: options.options.map(\.name)))",
      at: site,
      hint: "a call such as 'getopt(\"\(name)\", 1, \"what it is good for\")' makes it one")
  }

  /// A call of `getopt` with too few or too many arguments.
  static func wrongOptionArgumentCount(_ count: Int, at site: SourceSpan) -> Diagnostic {
    .error(
      "'getopt' takes a name, a default and a help text, but \(count == 0 ? "nothing is" : "\(count) arguments are") given",
      at: site)
  }

}
