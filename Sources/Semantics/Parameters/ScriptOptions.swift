public import Diagnostics
import Kernel
public import Syntax

/// The options of a script: what it asks the command line for with `getopt("name|n"[, default[, "help"]])`.
public struct ScriptOptions {

  /// An option.
  public struct Option {

    /// The name, without dashes.
    public let name: String

    /// The letter or digit that is its short form, nil if it has none.
    public fileprivate(set) var letter: Character?

    /// What it is if the command line does not give it; its kind is that of all values.
    let standard: Value

    /// What it is good for, empty if the script does not say.
    fileprivate(set) var help: String

    /// The place of the first call that asks for it.
    let site: SourceSpan

  }

  /// What an option stands for.
  enum Value: Hashable {
    case truth(Bool)
    case number(ParameterNumber)
    case text([UInt8])
  }

  /// The options in the order of the text.
  public private(set) var options: [Option] = []

  /// What each option stands for, by name.
  private(set) var values: [String: Value] = [:]

  /// The options of a script that has none.
  static var none: ScriptOptions { ScriptOptions() }

  /// Creates an instance without options.
  private init() {}

  /// Collects the options of `script`, reporting what is wrong with its calls of `getopt`.
  public init(of script: Script, reportingTo diagnostics: inout DiagnosticSet) {
    var found = DiagnosticSet()
    self.init(ofExpanded: script.expandingMacros(reportingTo: &found), [], reportingTo: &diagnostics)
  }

  /// Collects the options of `script`, whose macros are expanded, and gives them the values that `given` has for them, as far as
  /// they are values of theirs, which `Option.fault(with:as:)` tells.
  init(
    ofExpanded script: Script, _ given: [NamedParameter], reportingTo diagnostics: inout DiagnosticSet
  ) {
    var calls: [(arguments: [Expression], site: SourceSpan)] = []
    let collect = { (expression: Expression) in
      if case .call(let name, let arguments) = expression.kind, name.text == "getopt" {
        calls.append((arguments, expression.site))
      }
    }
    for action in script.actions { action.forEachExpression(collect) }
    for declaration in script.mapDeclarations {
      for argument in declaration.arguments { argument.forEachExpression(collect) }
    }
    for call in calls { add(call.arguments, at: call.site, reportingTo: &diagnostics) }
    for option in options { values[option.name] = option.standard }
    for parameter in given {
      guard let option = options.first(where: { $0.name == parameter.name }) else { continue }
      if let value = option.standard.parsed(parameter.value) { values[option.name] = value }
    }
  }

  /// Adds the option that a call of `getopt` with `arguments` asks for.
  private mutating func add(
    _ arguments: [Expression], at site: SourceSpan, reportingTo diagnostics: inout DiagnosticSet
  ) {
    guard (1...3).contains(arguments.count) else {
      diagnostics.insert(.wrongOptionArgumentCount(arguments.count, at: site))
      return
    }
    guard case .string(let bytes) = arguments[0].kind, let (name, letter) = OptionName.parts(of: bytes)
    else {
      diagnostics.insert(.invalidOptionName(arguments[0].site))
      return
    }
    var standard = Value.truth(false)
    if arguments.count > 1 {
      guard let value = Value(arguments[1]) else {
        diagnostics.insert(.invalidOptionDefault(arguments[1].site))
        return
      }
      standard = value
    }
    var help: [UInt8] = []
    if arguments.count > 2 {
      guard case .string(let text) = arguments[2].kind else {
        diagnostics.insert(.invalidOptionHelp(arguments[2].site))
        return
      }
      help = text
    }
    let text = String(decoding: help, as: UTF8.self)
    if let letter, let other = options.first(where: { $0.letter == letter && $0.name != name }) {
      diagnostics.insert(.sharedOptionLetter(letter, of: name, and: other.name, at: site, first: other.site))
      return
    }
    guard let index = options.firstIndex(where: { $0.name == name }) else {
      options.append(Option(name: name, letter: letter, standard: standard, help: text, site: site))
      return
    }
    if options[index].standard != standard {
      diagnostics.insert(.differentOptions(name, at: site, first: options[index].site))
    }
    // The short form and the help are said where the author likes to.
    options[index].letter = options[index].letter ?? letter
    if options[index].help.isEmpty { options[index].help = text }
  }

  /// Returns what the option stands for that a call of `getopt` with the name `bytes` asks for, nil if there is none.
  func value(ofOptionNamed bytes: [UInt8]) -> Value? {
    OptionName.parts(of: bytes).flatMap { values[$0.name] }
  }

}

/// The names that scripts give their options.
private enum OptionName {

  /// Returns the name and the short form that `text`, such as `count|n`, stands for; nil if it can be no name.
  static func parts(of text: [UInt8]) -> (name: String, letter: Character?)? {
    let parts = text.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    guard let name = parts.first, parts.count <= 2, isName(name) else { return nil }
    if parts.count == 2 {
      guard parts[1].count == 1, let byte = parts[1].first, isLetter(byte) || isDigit(byte) else {
        return nil
      }
      return (String(decoding: name, as: UTF8.self), Character(Unicode.Scalar(byte)))
    }
    // A name that is one letter is its own short form.
    let letter = name.count == 1 && isLetter(name[0]) ? Character(Unicode.Scalar(name[0])) : nil
    return (String(decoding: name, as: UTF8.self), letter)
  }

  /// Returns `true` iff `bytes` can be the name of an option.
  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
    return bytes.allSatisfy { byte in
      isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
  }

  /// Returns `true` iff `byte` is a decimal digit of ASCII.
  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Returns `true` iff `byte` is a letter of ASCII.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

}

extension ScriptOptions.Value {

  /// Creates the value that `expression`, a literal, is; nil if it is no literal.
  fileprivate init?(_ expression: Expression) {
    switch expression.kind {
    case .boolean(let truth): self = .truth(truth)
    case .string(let bytes): self = .text(bytes)
    case .integer(let literal):
      self = .number(ParameterNumber(literal, isNegative: false))
    case .unary(.negate, let operand):
      guard case .integer(let literal) = operand.kind else { return nil }
      self = .number(ParameterNumber(literal, isNegative: true))
    default: return nil
    }
  }

  /// Returns the value of the same kind that `text`, nil for none, gives on the command line; nil if it gives none.
  func parsed(_ text: String?) -> Self? {
    switch self {
    case .truth:
      switch text {
      case nil, "true", "1": return .truth(true)
      case "false", "0": return .truth(false)
      default: return nil
      }
    case .number:
      guard let text else { return nil }
      return (ParameterNumber(text) ?? ParameterNumber(constant: text)).map { .number($0) }
    case .text:
      return text.map { .text(Array($0.utf8)) }
    }
  }

}

extension ParameterNumber {

  /// Creates the number that the constant `name` of a header is: `ENOENT`, `SIGTERM`; nil if there is none that is known.
  fileprivate init?(constant name: String) {
    guard
      let value = HeaderConstants.macro(named: name) ?? HeaderConstants.enumerationConstant(named: name)
    else { return nil }
    self.init(IntegerLiteral(value.magnitude), isNegative: value < 0)
  }

}
