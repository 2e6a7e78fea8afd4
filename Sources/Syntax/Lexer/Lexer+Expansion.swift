import Diagnostics

/// Replacing names by what they are defined as.
extension Lexer {

  /// A definition whose tokens are being taken.
  struct Expansion {

    /// The name that is replaced, empty for the argument of a definition that is looked at by itself.
    let name: String

    /// The place of the name in the script.
    let place: Range<Int>

    /// The tokens that replace it.
    let tokens: [Token]

    /// The index of the next token to be taken.
    var next = 0

  }

  /// The number of definitions that may be used by one another.
  private static let expansionDepth = 100

  /// The number of tokens that definitions may put into a script.
  private static let expansionLimit = 1_000_000

  /// The number of bytes of tokens that the preprocessor may make.
  private static let generatedLimit = 1 << 24

  /// Returns the next token without replacing it, and moves behind it.
  mutating func takeUnreplaced() -> Token {
    while let last = expansions.indices.last {
      guard expansions[last].next < expansions[last].tokens.count else {
        expansions.removeLast()
        continue
      }
      var token = expansions[last].tokens[expansions[last].next]
      expansions[last].next += 1
      token.place = expansions[last].place
      return token
    }
    return scan()
  }

  /// Prepares the tokens that replace `token` to be taken next and returns `true` iff it is to be replaced.
  mutating func beginExpansion(of token: inout Token) -> Bool {
    if definitions.isEmpty && !mayBePredefined(token) { return false }
    let name = string(token.text)
    guard token.isReplaceable, definitions[name] != nil || mayBePredefined(token) else { return false }
    if expansions.contains(where: { $0.name == name }) {
      token.isReplaceable = false
      return false
    }
    replacedPlace = token.place
    if let value = predefinedTokens(for: name) { return push(value, for: name, at: token.place) }
    guard let definition = definition(of: name) else { return false }
    guard let parameters = definition.parameters else {
      return push(substituted(definition, []), for: name, at: token.place)
    }
    guard let given = takeArguments() else { return false }
    guard let arguments = definition.matched(given, comma: { generated(",") }) else {
      let count = given.count == 1 ? "1 is given" : "\(given.count) are given"
      let wanted = parameters.count - (definition.isVariadic ? 1 : 0)
      error(
        "'\(name)' takes \(definition.isVariadic ? "at least " : "")\(wanted)"
          + " argument\(wanted == 1 ? "" : "s"), but \(count)", at: token.place)
      return push([generated("0")], for: name, at: token.place)
    }
    return push(substituted(definition, arguments), for: name, at: token.place)
  }

  /// Prepares `tokens` to be taken in place of `name` at `place` and returns `true`, unless that is too much, which is
  /// reported.
  private mutating func push(_ tokens: [Token], for name: String, at place: Range<Int>) -> Bool {
    expandedCount += tokens.count
    guard expansions.count < Lexer.expansionDepth, expandedCount <= Lexer.expansionLimit,
      text.count - source.text.count <= Lexer.generatedLimit
    else {
      error("definitions are replaced too many times", at: place)
      return false
    }
    expansions.append(Expansion(name: name, place: place, tokens: tokens))
    return true
  }

  /// Returns the arguments in parentheses that follow a name, and moves behind them; nil if there are none, so that the name
  /// is to be left alone.
  mutating func takeArguments() -> [[Token]]? {
    let start = self
    guard takeUnreplaced().kind == .leftParenthesis else {
      self = start
      return nil
    }
    var arguments: [[Token]] = [[]]
    var depth = 0
    while true {
      let token = takeUnreplaced()
      switch token.kind {
      case .end:
        // The parser says what is not closed.
        self = start
        return nil
      case .comma where depth == 0:
        arguments.append([])
        continue
      case .rightParenthesis where depth == 0: return arguments
      case .leftParenthesis: depth += 1
      case .rightParenthesis: depth -= 1
      default: break
      }
      expandedCount += 1
      arguments[arguments.count - 1].append(token)
    }
  }

  /// Returns `tokens` with the names in them replaced, looked at by themselves.
  mutating func expanded(_ tokens: [Token]) -> [Token] {
    guard tokens.contains(where: { $0.kind == .identifier }) else { return tokens }
    let outer = expansions
    guard push(tokens + [Token(.end, at: replacedPlace)], for: "", at: replacedPlace) else { return [] }
    var result: [Token] = []
    while true {
      let token = take()
      if token.kind == .end { break }
      result.append(token)
    }
    expansions = outer
    return result
  }

  /// Returns the tokens of `definition` with `arguments` in place of its parameters, and `#` and `##` applied.
  private mutating func substituted(_ definition: Definition, _ arguments: [[Token]]) -> [Token] {
    let body = definition.tokens
    var result: [Token] = []
    // Nothing stands in front of `##` where the argument there is empty.
    var isLeftEmpty = true
    var index = 0
    while index < body.count {
      let token = body[index]
      let next = index + 1 < body.count ? body[index + 1] : nil
      index += 1
      if token.kind == .hash, let next, let argument = argument(next, of: definition, arguments) {
        result.append(stringized(argument))
        isLeftEmpty = false
        index += 1
      } else if token.kind == .pasting, let next, index > 1 {
        let argument = argument(next, of: definition, arguments)
        var right = (argument ?? [next])[...]
        index += 1
        if result.last?.kind == .comma, definition.isVariadic, argument != nil {
          // GNU C: the comma in front of no further arguments goes, too.
          if right.isEmpty { result.removeLast() }
        } else if !isLeftEmpty, let first = right.first, let left = result.popLast() {
          result += generatedTokens(string(left.text) + string(first.text))
          right = right.dropFirst()
        }
        result += right
        isLeftEmpty = isLeftEmpty && (argument?.isEmpty ?? false)
      } else if let argument = argument(token, of: definition, arguments) {
        result += next?.kind == .pasting ? argument : expanded(argument)
        isLeftEmpty = argument.isEmpty
      } else {
        result.append(token)
        isLeftEmpty = false
      }
    }
    return result
  }

  /// Returns the argument for the parameter of `definition` that `token` is, nil if it is none.
  private func argument(_ token: Token, of definition: Definition, _ arguments: [[Token]]) -> [Token]? {
    guard token.kind == .identifier, definition.parameters != nil else { return nil }
    return definition.parameter(named: string(token.text)).map { arguments[$0] }
  }

  /// Returns the string with the text of `tokens`.
  private mutating func stringized(_ tokens: [Token]) -> Token {
    var result = "\""
    var end: Int? = nil
    for token in tokens {
      if let end, end != token.text.lowerBound { result += " " }
      end = token.text.upperBound
      for character in string(token.text) {
        if token.kind == .string, character == "\"" || character == "\\" { result.append("\\") }
        result.append(character)
      }
    }
    return generated(result + "\"")
  }

}

extension Definition {

  /// Returns `given` as one argument for each parameter, nil if their numbers differ; `comma` makes what stands between those
  /// that the last one takes.
  fileprivate func matched(_ given: [[Token]], comma: () -> Token) -> [[Token]]? {
    guard let parameters else { return nil }
    if parameters.isEmpty { return given.count == 1 && given[0].isEmpty ? [] : nil }
    if !isVariadic { return given.count == parameters.count ? given : nil }
    let fixed = parameters.count - 1
    if given.count < fixed { return nil }
    let others = given[fixed...]
    return given[..<fixed] + [Array(others.joined(separator: [comma()]))]
  }

}
