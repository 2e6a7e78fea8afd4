import Diagnostics

/// Action blocks and their probes.
///
/// Probes are read byte by byte, because a path or a wildcard is not made of tokens.
extension Parser {

  /// Parses probes and what to do when one of them fires.
  ///
  ///     action-block ::= probes predicate? block
  mutating func parseActionBlock() throws(Abandoned) -> ActionBlock {
    let id = makeID()
    let probes = try parseProbes()
    let predicate = lexer.byte(at: lexer.position) == UInt8(ascii: "/") ? try parsePredicate() : nil
    guard peek().kind == .leftBrace else {
      expected(predicate == nil ? "',', '/' or '{' after the probe" : "'{' after the predicate")
      throw Abandoned()
    }
    return ActionBlock(id: id, probes: probes, predicate: predicate, body: try parseBlock())
  }

  /// Parses probes that share a block.
  ///
  ///     probes ::= probe (',' probe)* ','?
  private mutating func parseProbes() throws(Abandoned) -> [ProbeSpec] {
    var probes = [try parseProbe()]
    while true {
      lexer.discardTrivia()
      guard lexer.byte(at: lexer.position) == UInt8(ascii: ",") else { return probes }
      lexer.position += 1
      lexer.discardTrivia()
      let next = lexer.byte(at: lexer.position)
      if next == UInt8(ascii: "{") || next == UInt8(ascii: "/") { return probes }
      probes.append(try parseProbe())
    }
  }

  /// Parses a probe.
  ///
  ///     probe ::= (identifier '=')? probe-part (':' probe-part)*
  private mutating func parseProbe() throws(Abandoned) -> ProbeSpec {
    let label = parseLabel()
    let start = lexer.position
    probeStart = start
    var parts: [Name] = []
    repeat {
      if !parts.isEmpty { lexer.position += 1 }
      parts += try parseProbePart(after: parts)
    } while lexer.byte(at: lexer.position) == UInt8(ascii: ":")
    previousEnd = lexer.position
    if parts.count == 1 && lexer.position == start {
      expected("a probe")
      throw Abandoned()
    }
    return ProbeSpec(label: label, parts: parts, site: lexer.span(start..<lexer.position))
  }

  /// Parses the name that is given to a probe and the `=` behind it, nil iff there is none.
  private mutating func parseLabel() -> Name? {
    let start = lexer.position
    guard lexer.byte(at: start).beginsName else { return nil }
    lexer.discardName()
    let end = lexer.position
    guard lexer.byte(at: end) == UInt8(ascii: "="), lexer.byte(at: end + 1) != UInt8(ascii: "=") else {
      lexer.position = start
      return nil
    }
    lexer.position += 1
    return Name(lexer.string(start..<end), at: lexer.span(start..<end))
  }

  /// Parses the text up to a colon or the end of the probe, and returns it; `parts` are those in front of it.
  ///
  /// It is several parts where a parameter is given that has colons: `uprobe:$1` for `libc:malloc`.
  ///
  /// Options stay as they are written, since nothing is known of them yet.
  ///
  ///     probe-part ::= (probe-character | string | positional | '$#' | option)*
  ///     probe-character ::= ? any but white space, ':', ',', ';', '{', '}' and '"', and but '/' outside of paths ?
  private mutating func parseProbePart(after parts: [Name]) throws(Abandoned) -> [Name] {
    let start = lexer.position
    let isPath = isPathNext(after: parts)
    var bytes: [UInt8] = []
    var complete: [[UInt8]] = []
    var usesParameter = false
    while lexer.position < lexer.limit {
      let byte = lexer.text[lexer.position]
      if byte == UInt8(ascii: "\"") {
        bytes += try takeQuoted()
      } else if byte == UInt8(ascii: "$"), let parameter = takeParameter() {
        let given = parameter.text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for part in given.dropLast() {
          complete.append(bytes + part)
          bytes = []
        }
        bytes += given.last ?? Substring().utf8
        usesParameter = parameter.isNumbered
      } else if let end = endOfOption(at: lexer.position) {
        bytes += lexer.text[lexer.position..<end]
        lexer.position = end
      } else if endsProbePart(byte) || byte == UInt8(ascii: "/") && !isPath {
        break
      } else {
        bytes.append(byte)
        lexer.position += 1
      }
    }
    let place = start..<lexer.position
    if goal != .text && usesParameter && bytes.isEmpty && complete.isEmpty {
      lexer.error("'\(lexer.string(place))' is empty because the command line does not give it", at: place)
    }
    return (complete + [bytes]).map { Name(String(decoding: $0, as: UTF8.self), at: lexer.span(place)) }
  }

  /// Returns the position behind the option at `start`, whose value `getopt` gives, nil iff there is none.
  ///
  ///     option ::= '${' option-character+ '}'
  ///     option-character ::= letter | digit | '_' | '-'
  private func endOfOption(at start: Int) -> Int? {
    guard lexer.byte(at: start) == UInt8(ascii: "$"), lexer.byte(at: start + 1) == UInt8(ascii: "{") else {
      return nil
    }
    var end = start + 2
    while lexer.byte(at: end).continuesName || lexer.byte(at: end) == UInt8(ascii: "-") { end += 1 }
    return end > start + 2 && lexer.byte(at: end) == UInt8(ascii: "}") ? end + 1 : nil
  }

  /// Returns `true` iff slashes belong to the part at the lexer's position, because it is a path.
  private func isPathNext(after parts: [Name]) -> Bool {
    switch lexer.byte(at: lexer.position) {
    case UInt8(ascii: "/") where parts.isEmpty: return false
    case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "~"): return true
    default: break
    }
    guard parts.count == 1 else { return false }
    return ["uprobe", "uretprobe", "usdt", "u", "ur", "U"].contains(parts[0].text)
  }

  /// Returns `true` iff `byte` ends every part of a probe.
  private func endsProbePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"): true
    default: byte.isSpace
    }
  }

  /// Moves behind the string at the lexer's position and returns what it stands for.
  private mutating func takeQuoted() throws(Abandoned) -> [UInt8] {
    let errors = lexer.diagnostics.elements.count
    let token = lexer.take()
    if lexer.diagnostics.elements.count > errors { throw Abandoned() }
    return lexer.contents(token)
  }

  /// Moves behind the parameter at the lexer's position and returns its text, and `false` if something is wrong with it, which has
  /// been reported; nil iff there is none.
  private mutating func takeParameter() -> (text: String, isNumbered: Bool)? {
    let start = lexer.position
    let next = lexer.byte(at: start + 1)
    if next == UInt8(ascii: "#") {
      lexer.position += 2
      return (String(parameters.count), true)
    }
    if next == UInt8(ascii: "{") && lexer.byte(at: start + 2).isDigit {
      let parameter = parameter(lexer.scan())
      return (parameter.text ?? "", parameter.number > 0)
    }
    guard next.isDigit else { return nil }
    var end = start + 1
    while lexer.byte(at: end).isDigit { end += 1 }
    lexer.position = end
    let parameter = parameter(Token(.positional, at: start..<end))
    return (parameter.text ?? "", parameter.number > 0)
  }

  /// Parses a condition between slashes.
  ///
  /// A slash in front of a brace, or at the end of the script, ends the predicate; others divide.
  ///
  ///     predicate ::= '/' expression '/'
  private mutating func parsePredicate() throws(Abandoned) -> Expression {
    let open = lexer.position..<lexer.position + 1
    lexer.position += 1
    previousEnd = lexer.position
    isInPredicate = true
    defer { isInPredicate = false }
    let result = try parseExpression()
    isInPredicate = false
    if take(.slash) != nil { return result }
    let next = peek()
    if next.kind == .leftBrace || next.kind == .end {
      lexer.error("predicate is not terminated", at: open, hint: "close it with '/' in front of '{'")
    } else {
      expected("'/' and a block after the predicate")
    }
    throw Abandoned()
  }

  /// Returns `true` iff the slash `token`, the next token, ends the predicate.
  func endsPredicate(_ token: Token) -> Bool {
    guard isInPredicate, token.kind == .slash else { return false }
    var ahead = lexer
    ahead.isSilent = true
    ahead.position = token.place.upperBound
    ahead.discardTrivia()
    return ahead.position >= ahead.limit || ahead.text[ahead.position] == UInt8(ascii: "{")
  }

}
