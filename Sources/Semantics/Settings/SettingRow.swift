import Types

/// A setting: what it is called, which values it takes, and what they set.
struct SettingRow: Sendable {

  /// The values that a setting takes.
  enum Kind: Sendable {

    /// Whole numbers of a range.
    case number(ClosedRange<Int>, @Sendable (inout Settings, Int) -> Void)

    /// Whole numbers of a range that are powers of two.
    case powerOfTwo(ClosedRange<Int>, @Sendable (inout Settings, Int) -> Void)

    /// `true` and `false`, or 1 and 0.
    case truth(@Sendable (inout Settings, Bool) -> Void)

    /// Any text.
    case text(@Sendable (inout Settings, String) -> Void)

    /// One of some words, whatever the case of their letters.
    case word([String], @Sendable (inout Settings, String) -> Void)

  }

  /// The key.
  let key: String

  /// The values.
  let kind: Kind

  /// What is expected as a value, for messages.
  var expectation: String {
    switch kind {
    case .number(let range, _): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .powerOfTwo(let range, _): "a power of two from \(range.lowerBound) to \(range.upperBound)"
    case .truth: "'true' or 'false'"
    case .text: "a string"
    case .word(let words, _):
      words.dropLast().map { "'\($0)'" }.joined(separator: ", ") + " or '\(words.last ?? "")'"
    }
  }

  /// Applies `value` to `settings` and returns `true` iff it is one that the setting takes.
  func apply(_ value: SettingValue, to settings: inout Settings) -> Bool {
    switch kind {
    case .number(let range, let set):
      guard let number = value.number, range.contains(number) else { return false }
      set(&settings, number)
    case .powerOfTwo(let range, let set):
      guard let number = value.number, range.contains(number), number.nonzeroBitCount == 1 else {
        return false
      }
      set(&settings, number)
    case .truth(let set):
      guard let truth = value.truth else { return false }
      set(&settings, truth)
    case .text(let set):
      guard let text = value.text else { return false }
      set(&settings, text)
    case .word(let words, let set):
      guard let word = value.text?.lowercased(), words.contains(word) else { return false }
      set(&settings, word)
    }
    return true
  }

}

/// The value that is given to a setting.
enum SettingValue: Hashable, Sendable {

  /// A number of the script.
  case number(Int)

  /// A truth value of the script.
  case truth(Bool)

  /// A string of the script.
  case string(String)

  /// A bare word of the script.
  case word(String)

  /// The text of an environment variable, which may be any of the others.
  case variable(String)

  /// The number that it is, nil if it is none.
  var number: Int? {
    switch self {
    case .number(let number): number
    case .variable(let text): Int(text)
    case .truth, .string, .word: nil
    }
  }

  /// The truth value that it is, nil if it is none.
  var truth: Bool? {
    switch self {
    case .truth(let truth): truth
    case .number(1), .variable("1"), .variable("true"): true
    case .number(0), .variable("0"), .variable("false"): false
    case .number, .string, .word, .variable: nil
    }
  }

  /// The text that it is, nil if it is none.
  var text: String? {
    switch self {
    case .string(let text), .word(let text), .variable(let text): text
    case .number, .truth: nil
    }
  }

}
