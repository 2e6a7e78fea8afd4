extension Lexer {

  /// A part of the script that is read only if something is defined.
  struct Condition {

    /// The place of the `#ifdef`.
    let place: Range<Int>

    /// `true` iff its `#else` was read.
    var isElseRead = false

  }

  /// The names that are defined without a `#define`: scripts ask by it whether types are known without headers.
  private static let knownNames: Set<String> = ["BPFTRACE_HAVE_BTF"]

  /// Reads what is behind `#ifdef` or `#ifndef` at `place`, and moves to the next part of the script that is to be read.
  ///
  /// - Requires: `position` is behind the word; `body` is the rest of the line.
  mutating func beginCondition(_ place: Range<Int>, body: Range<Int>, isNegated: Bool) {
    let name = word(in: body)
    guard !name.isEmpty else {
      error("expected a name after '\(string(place))'", at: place)
      return
    }
    conditions.append(Condition(place: place))
    let isDefined = definitions[name] != nil || Lexer.knownNames.contains(name)
    if isDefined == isNegated { discardPart(isElseWanted: true) }
  }

  /// Leaves out what is behind the `#else` or `#elif` at `place`, because what is in front of it was read.
  mutating func continueCondition(_ place: Range<Int>) {
    guard let last = conditions.indices.last, !conditions[last].isElseRead else {
      error("'\(string(place))' without '#ifdef'", at: place)
      return
    }
    discardPart(isElseWanted: false)
  }

  /// Notes that the `#endif` at `place` ends the innermost condition.
  mutating func endCondition(_ place: Range<Int>) {
    if conditions.popLast() == nil { error("'#endif' without '#ifdef'", at: place) }
  }

  /// Reports conditions that do not end.
  mutating func endAllConditions() {
    if let condition = conditions.last {
      error("'\(string(condition.place))' is not closed", at: condition.place, hint: "close it with '#endif'")
    }
    conditions = []
  }

  /// Returns the first word in `range`, empty if there is none.
  func word(in range: Range<Int>) -> String {
    var ahead = Lexer(source, in: range)
    ahead.discardBlanks()
    let start = ahead.position
    ahead.discardName()
    return string(start..<ahead.position)
  }

  /// Moves behind the `#endif` of the innermost condition, or, if `isElseWanted`, behind its `#else`.
  private mutating func discardPart(isElseWanted: Bool) {
    var depth = 1
    while position < limit {
      discardLine()
      position = min(position + 1, limit)
      discardBlanks()
      guard byte(at: position) == UInt8(ascii: "#") else { continue }
      let start = position
      position += 1
      discardBlanks()
      let nameStart = position
      discardName()
      switch string(nameStart..<position) {
      case "if", "ifdef", "ifndef":
        depth += 1
      case "endif":
        depth -= 1
        if depth == 0 {
          discardLine()
          conditions.removeLast()
          return
        }
      case "else" where depth == 1 && isElseWanted:
        discardLine()
        conditions[conditions.count - 1].isElseRead = true
        return
      case "elif" where depth == 1 && isElseWanted:
        error("'#elif' is not supported by this version", at: start..<position)
      default:
        break
      }
    }
  }

}
