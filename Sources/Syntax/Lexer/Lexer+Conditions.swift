/// Parts of the script that are read only if a condition holds.
extension Lexer {

  /// A part of the script that is read only if something holds.
  struct Condition {

    /// The place of the `#if`.
    let place: Range<Int>

    /// `true` iff its `#else` was read.
    var isElseRead = false

    /// `true` iff a part of it has been read, so that the others are left out.
    var isDone = false

  }

  /// Reads what is behind `#if`, `#ifdef` or `#ifndef` at `place`, and moves to the next part of the script that is to be
  /// read.
  ///
  /// - Requires: `position` is behind `body`, the rest of the line.
  mutating func beginCondition(_ place: Range<Int>, _ word: String, _ body: Range<Int>) {
    conditions.append(Condition(place: place))
    discardParts(unless: holds(word, body, at: place))
  }

  /// Leaves out what is behind the `#else` or `#elif` at `place`, because what is in front of it was read.
  mutating func continueCondition(_ place: Range<Int>) {
    guard let last = conditions.indices.last, !conditions[last].isElseRead else {
      error("'\(string(place))' without '#ifdef'", at: place)
      return
    }
    discardParts(unless: false)
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

  /// Returns `true` iff what `body` behind the directive `word` at `place` says holds; what is wrong with it is reported.
  private mutating func holds(_ word: String, _ body: Range<Int>, at place: Range<Int>) -> Bool {
    if word == "if" || word == "elif" { return conditionHolds(body, at: place) }
    let name = self.word(in: body)
    if name.isEmpty { error("expected a name after '\(string(place))'", at: place) }
    let isNegated = word == "ifndef" || word == "elifndef"
    return !name.isEmpty && isDefined(name) != isNegated
  }

  /// Moves behind the parts of the innermost condition that are not to be read: to the first one that is, or to its end.
  ///
  /// The part at `position` is one to be read iff `isRead`.
  private mutating func discardParts(unless isRead: Bool) {
    let last = conditions.count - 1
    if isRead {
      conditions[last].isDone = true
      return
    }
    var depth = 1
    while position < limit {
      discardLine()
      position = min(position + 1, limit)
      discardBlanks()
      guard byte(at: position) == UInt8(ascii: "#") else {
        discardCommentOfSeveralLines()
        continue
      }
      let start = position
      position += 1
      discardBlanks()
      let nameStart = position
      discardName()
      let word = string(nameStart..<position)
      let bodyStart = position
      discardDirectiveBody()
      switch word {
      case "if", "ifdef", "ifndef": depth += 1
      case "endif":
        depth -= 1
        if depth == 0 {
          conditions.removeLast()
          return
        }
      case "else" where depth == 1:
        if conditions[last].isElseRead { error("'#else' without '#ifdef'", at: start..<bodyStart) }
        conditions[last].isElseRead = true
        if !conditions[last].isDone {
          conditions[last].isDone = true
          return
        }
      case "elif", "elifdef", "elifndef":
        guard depth == 1, !conditions[last].isDone, !conditions[last].isElseRead else { break }
        if holds(word, bodyStart..<position, at: start..<bodyStart) {
          conditions[last].isDone = true
          return
        }
      default: break
      }
    }
  }

  /// Moves behind the comments in the line at `position` that go on in the next one, so that a `#` in them is none.
  private mutating func discardCommentOfSeveralLines() {
    while position < limit && text[position] != UInt8(ascii: "\n") {
      switch (text[position], byte(at: position + 1)) {
      case (UInt8(ascii: "/"), UInt8(ascii: "/")): discardLine()
      case (UInt8(ascii: "/"), UInt8(ascii: "*")): discardBlockComment()
      case (UInt8(ascii: "\""), _):
        position += 1
        while position < limit, text[position] != UInt8(ascii: "\n") {
          let current = text[position]
          position += current == UInt8(ascii: "\\") && byte(at: position + 1) != UInt8(ascii: "\n") ? 2 : 1
          if current == UInt8(ascii: "\"") { break }
        }
      default: position += 1
      }
    }
    // A backslash may be the last byte of all.
    position = min(position, limit)
  }

}
