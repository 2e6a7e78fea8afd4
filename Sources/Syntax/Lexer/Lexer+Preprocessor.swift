import Diagnostics

/// Lines for the C preprocessor.
extension Lexer {

  /// Reads the line for the C preprocessor at `position`.
  ///
  ///     directive ::= '#' identifier token* end-of-line
  mutating func parseDirective() {
    let start = position
    position += 1
    discardBlanks()
    let nameStart = position
    discardName()
    let name = Name(string(nameStart..<position), at: span(nameStart..<position))
    let bodyStart = position
    discardDirectiveBody()
    let place = start..<bodyStart
    let body = bodyStart..<position
    switch name.text {
    case "define": parseDefinition(body)
    case "undef": parseUndefinition(place, body)
    case "if", "ifdef", "ifndef": beginCondition(place, name.text, body)
    case "else", "elif", "elifdef", "elifndef": continueCondition(place)
    case "endif": endCondition(place)
    case "include", "include_next", "import": parseInclusion(place, name, body)
    case "error", "warning": parseMessage(name.text, start..<position, body)
    case "", "pragma", "ident", "sccs", "line": break
    default:
      report(
        .error(
          "unknown preprocessor directive '#\(name.text)'"
            + suggestion(for: "#" + name.text, among: Lexer.directives), at: span(place)))
    }
  }

  /// The names of the directives, for messages.
  private static let directives = [
    "#define", "#undef", "#if", "#ifdef", "#ifndef", "#else", "#elif", "#endif", "#include", "#error",
    "#warning", "#pragma",
  ]

  /// Moves to the end of a line for the C preprocessor, which a backslash at its end continues.
  mutating func discardDirectiveBody() {
    while position < limit && text[position] != UInt8(ascii: "\n") {
      switch (text[position], byte(at: position + 1)) {
      case (UInt8(ascii: "\\"), UInt8(ascii: "\r")): position += 3
      case (UInt8(ascii: "\\"), _): position += 2
      case (UInt8(ascii: "/"), UInt8(ascii: "*")): discardBlockComment()
      case (UInt8(ascii: "/"), UInt8(ascii: "/")): discardLine()
      case (UInt8(ascii: "\""), _): discardQuoted()
      default: position += 1
      }
    }
    position = min(position, limit)
  }

  /// Moves behind the quotation mark at `position` and the text that it begins, which ends in the same line.
  private mutating func discardQuoted() {
    position += 1
    while position < limit && text[position] != UInt8(ascii: "\n") {
      let current = text[position]
      position += current == UInt8(ascii: "\\") ? 2 : 1
      if current == UInt8(ascii: "\"") { return }
    }
  }

  /// Moves behind the blanks at `position`.
  mutating func discardBlanks() {
    while byte(at: position) == UInt8(ascii: " ") || byte(at: position) == UInt8(ascii: "\t") {
      position += 1
    }
  }

  /// Lets `body` read the bytes in `range`, and goes on where it was.
  mutating func within<Result>(_ range: Range<Int>, _ body: (inout Lexer) -> Result) -> Result {
    let (outerPosition, outerLimit, outerTrivia) = (position, limit, trivia)
    (position, limit, trivia) = (range.lowerBound, range.upperBound, nil)
    defer { (position, limit, trivia) = (outerPosition, outerLimit, outerTrivia) }
    return body(&self)
  }

  /// Notes the header that `range` behind an `#include` at `place` names.
  private mutating func parseInclusion(_ place: Range<Int>, _ name: Name, _ range: Range<Int>) {
    let written = string(range).prefix { $0 != "\n" }
    let opening = written.firstIndex { $0 == "<" || $0 == "\"" }
    guard let opening, written[..<opening].allSatisfy({ $0 == " " || $0 == "\t" }) else {
      error(
        "expected a header after '\(string(place))'", at: place,
        hint: "headers are written '<net/sock.h>' or '\"own.h\"'")
      return
    }
    let closing: Character = written[opening] == "<" ? ">" : "\""
    let rest = written[written.index(after: opening)...]
    guard let end = rest.firstIndex(of: closing), end > rest.startIndex else {
      error("the name of the header is not closed", at: place, hint: "close it with '\(closing)'")
      return
    }
    let header = IncludedHeader(
      path: String(rest[..<end]), isSystem: closing == ">", site: span(place.lowerBound..<range.upperBound))
    preamble.append(.inclusion(header))
  }

  /// Reports what `#error` or `#warning` in `place` says.
  private mutating func parseMessage(_ name: String, _ place: Range<Int>, _ range: Range<Int>) {
    // Who only looks at the text is not told what stands in the way of running it.
    if facts == nil { return }
    let range = trimmed(range)
    let message = range.isEmpty ? "the script says '#\(name)' here" : string(range)
    let end = range.isEmpty ? place.upperBound : range.upperBound
    report(Diagnostic(name == "error" ? .error : .warning, message, at: span(place.lowerBound..<end)))
  }

}
