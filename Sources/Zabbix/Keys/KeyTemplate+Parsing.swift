/// What is wrong with the template of a key.
public struct KeyTemplateFault: Error, Equatable, Sendable {

  /// What is wrong, as a part of a sentence: `'x' is not closed`.
  public let message: String

}

extension KeyTemplate {

  /// Creates the template that `text` is, by the rules that Zabbix has for keys.
  ///
  ///     key       ::= name ('[' parameter (',' parameter)* ']')?
  ///     parameter ::= ' '* ('"' quoted '"' ' '* | unquoted)
  public init(_ text: String) throws(KeyTemplateFault) {
    var parser = TemplateParser(rest: Substring(text).unicodeScalars)
    self.text = text
    self.name = try parser.takeName()
    self.parameters = try parser.takeParameters()
  }

}

/// Reads a template from left to right.
private struct TemplateParser {

  /// What is not read yet.
  var rest: Substring.UnicodeScalarView

  /// Reads the name in front of the brackets.
  mutating func takeName() throws(KeyTemplateFault) -> [KeyTemplate.Piece] {
    let pieces = try takePieces { $0 == "[" }
    if pieces.isEmpty { throw KeyTemplateFault(message: "the name is missing") }
    for piece in pieces {
      if piece.isAboutKey {
        throw KeyTemplateFault(message: "the key of an element can stand between brackets only")
      }
      guard case .text(let text) = piece else { continue }
      if let wrong = text.unicodeScalars.first(where: { !$0.isASCII || !ItemKey.isInName(UInt8($0.value)) }) {
        throw KeyTemplateFault(
          message: "a name has letters, digits, '_', '-' and '.' only, not '\(Character(wrong))'")
      }
    }
    return pieces
  }

  /// Reads what stands between brackets and the brackets, if they are there, up to the end.
  mutating func takeParameters() throws(KeyTemplateFault) -> [KeyTemplate.Parameter]? {
    guard rest.popFirst() != nil else { return nil }
    var result: [KeyTemplate.Parameter] = []
    while true {
      while rest.first == " " { rest.removeFirst() }
      result.append(try takeParameter())
      switch rest.popFirst() {
      case "," where !rest.isEmpty: continue
      case "]":
        if !rest.isEmpty { throw KeyTemplateFault(message: "behind ']' stands '\(String(rest))'") }
        return result
      default: throw KeyTemplateFault(message: "']' is missing")
      }
    }
  }

  /// Reads one parameter.
  private mutating func takeParameter() throws(KeyTemplateFault) -> KeyTemplate.Parameter {
    if rest.first == "[" { throw KeyTemplateFault(message: "lists within brackets are not supported") }
    guard rest.first == "\"" else {
      return KeyTemplate.Parameter(pieces: try takePieces { $0 == "," || $0 == "]" })
    }
    rest.removeFirst()
    let pieces = try takePieces(isQuoted: true) { $0 == "\"" }
    if rest.popFirst() == nil { throw KeyTemplateFault(message: "a quote is not closed") }
    while rest.first == " " { rest.removeFirst() }
    return KeyTemplate.Parameter(pieces: pieces, isQuoted: true)
  }

  /// Reads text and placeholders up to a character for which `isEnd` is true, in quotes iff `isQuoted`.
  private mutating func takePieces(
    isQuoted: Bool = false, upTo isEnd: (Unicode.Scalar) -> Bool
  ) throws(KeyTemplateFault) -> [KeyTemplate.Piece] {
    var result: [KeyTemplate.Piece] = []
    var text = String.UnicodeScalarView()
    while let character = rest.first, !isEnd(character) {
      rest.removeFirst()
      if isQuoted, character == "\\", rest.first == "\"" {
        rest.removeFirst()
        text.append("\"")
      } else if character == "{" {
        if !text.isEmpty { result.append(.text(String(text))) }
        text = String.UnicodeScalarView()
        result.append(try takePlaceholder())
      } else {
        text.append(character)
      }
    }
    if !text.isEmpty { result.append(.text(String(text))) }
    return result
  }

  /// Reads the rest of a placeholder behind `{`.
  private mutating func takePlaceholder() throws(KeyTemplateFault) -> KeyTemplate.Piece {
    var name = String.UnicodeScalarView()
    while let character = rest.popFirst() {
      if character != "}" {
        name.append(character)
        continue
      }
      switch String(name) {
      case "script": return .script
      case "map": return .map
      case "host": return .host
      case "key": return .wholeKey
      case let name where isIdentifier(name): return .keyPart(name)
      case let name: throw KeyTemplateFault(message: "'{\(name)}' is no placeholder")
      }
    }
    throw KeyTemplateFault(message: "'{' is not closed")
  }

}

/// Returns `true` iff `name` can be that of a member of a record.
private func isIdentifier(_ name: String) -> Bool {
  guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
    return false
  }
  return name.utf8.allSatisfy { ItemKey.isInName($0) && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
}
