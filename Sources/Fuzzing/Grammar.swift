import Foundation

/// A grammar in the notation of `grammar/apus.ebnf`.
public struct Grammar: Sendable {

  /// What a production says.
  indirect enum Rule: Sendable {

    /// Text that stands for itself.
    case text(String)

    /// What is meant, in words.
    case words(String)

    /// Another production.
    case production(String)

    /// Rules one after the other.
    case sequence([Rule])

    /// One of several rules.
    case choice([Rule])

    /// A rule any number of times up to a limit, at least `least` times.
    case several(Rule, least: Int, isUnlimited: Bool)

  }

  /// Why a grammar is not understood.
  struct Fault: Error { let message: String }

  /// The productions by name.
  let productions: [String: Rule]

  /// The productions that make single tokens, so that there are no blanks in them.
  let lexical: Set<String>

  /// The least height of a derivation of each production.
  let heights: [String: Int]

  /// Reads the grammar in the file at `path`.
  public init(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // What stands behind this title is about the characters that tokens consist of.
    let parts = text.split(separator: "(* Tokens. *)")
    guard parts.count == 2 else { throw Fault(message: "there must be one title '(* Tokens. *)'") }
    var rules: [String: Rule] = [:]
    var tokens: Set<String> = ["probe", "interpreter-line"]
    for (i, part) in parts.enumerated() {
      for paragraph in part.replacing(/\(\*(.|\n)*?\*\)/, with: "").split(separator: "\n\n") {
        guard let equals = paragraph.firstRange(of: " ::=") else { continue }
        let name = paragraph[..<equals.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines)
        var reader = RuleReader(paragraph[equals.upperBound...])
        rules[name] = try reader.readChoice()
        if i == 1 { tokens.insert(name) }
      }
    }
    productions = rules
    lexical = tokens
    heights = Grammar.heights(of: rules)
  }

  /// Returns the least height of a derivation of each of `rules`.
  private static func heights(of rules: [String: Rule]) -> [String: Int] {
    var result: [String: Int] = [:]
    var isChanged = true
    while isChanged {
      isChanged = false
      for (name, rule) in rules {
        guard let height = height(of: rule, result), result[name, default: .max] > height + 1 else {
          continue
        }
        result[name] = height + 1
        isChanged = true
      }
    }
    return result
  }

  /// Returns the least height of a derivation of `rule`, nil if it is not known yet.
  static func height(of rule: Rule, _ heights: [String: Int]) -> Int? {
    switch rule {
    case .text, .words: return 0
    case .production(let name): return heights[name]
    case .sequence(let rules):
      var highest = 0
      for rule in rules {
        guard let height = height(of: rule, heights) else { return nil }
        highest = max(highest, height)
      }
      return highest
    case .choice(let rules): return rules.compactMap { height(of: $0, heights) }.min()
    case .several(let rule, let least, _): return least == 0 ? 0 : height(of: rule, heights)
    }
  }

}

/// Reads rules from left to right.
private struct RuleReader {

  /// What is left.
  private var rest: Substring

  /// Creates a reader of `text`.
  init(_ text: Substring) { rest = text }

  /// Moves behind white space.
  private mutating func discardBlanks() { rest = rest.drop { $0.isWhitespace } }

  /// Reads rules with bars between them.
  mutating func readChoice() throws -> Grammar.Rule {
    var choices = [try readSequence()]
    while rest.first == "|" {
      rest.removeFirst()
      choices.append(try readSequence())
    }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  /// Reads rules one behind the other.
  private mutating func readSequence() throws -> Grammar.Rule {
    var rules: [Grammar.Rule] = []
    discardBlanks()
    while let next = rest.first, next != "|", next != ")" {
      rules.append(try readRepetition())
      discardBlanks()
    }
    return rules.count == 1 ? rules[0] : .sequence(rules)
  }

  /// Reads a rule and how often it stands.
  private mutating func readRepetition() throws -> Grammar.Rule {
    let rule = try readUnit()
    switch rest.first {
    case "*": rest.removeFirst(); return .several(rule, least: 0, isUnlimited: true)
    case "+": rest.removeFirst(); return .several(rule, least: 1, isUnlimited: true)
    case "?": rest.removeFirst(); return .several(rule, least: 0, isUnlimited: false)
    default: return rule
    }
  }

  /// Reads text, words, a name, or rules between parentheses.
  private mutating func readUnit() throws -> Grammar.Rule {
    switch rest.first {
    case "'":
      rest.removeFirst()
      // A quote can stand for itself: `'\'`.
      guard let end = rest.dropFirst().firstIndex(of: "'") else { throw Grammar.Fault(message: "open quote") }
      defer { rest = rest[rest.index(after: end)...] }
      return .text(String(rest[..<end]))
    case "?":
      rest.removeFirst()
      guard let end = rest.firstRange(of: " ?") else { throw Grammar.Fault(message: "open words") }
      defer { rest = rest[end.upperBound...] }
      return .words(rest[..<end.lowerBound].trimmingCharacters(in: .whitespaces))
    case "(":
      rest.removeFirst()
      let rule = try readChoice()
      guard rest.popFirst() == ")" else {
        throw Grammar.Fault(message: "open parenthesis in front of '\(rest)'")
      }
      return rule
    case let first? where first.isLetter:
      let name = rest.prefix { $0.isLetter || $0 == "-" }
      rest = rest.dropFirst(name.count)
      return .production(String(name))
    default: throw Grammar.Fault(message: "not understood: '\(rest)'")
    }
  }

}
