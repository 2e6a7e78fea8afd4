import Diagnostics
import Formatting
import Syntax
import Testing

/// A script and its standard format, and what must hold for both.
struct FormattedScript {

  /// The script.
  let original: [UInt8]

  /// Its standard format.
  let formatted: [UInt8]

  /// Formats `text`; nil if there is an error in it.
  init?(_ text: [UInt8]) {
    guard let script = FormattedScript.tree(text) else { return nil }
    original = text
    formatted = format(script)
  }

  /// Formats `text`; nil if there is an error in it.
  init?(_ text: String) { self.init(Array(text.utf8)) }

  /// The standard format as a string.
  var text: String { String(decoding: formatted, as: UTF8.self) }

  /// Returns the tree of `text`, nil if there is an error in it.
  private static func tree(_ text: [UInt8]) -> Script? {
    var diagnostics = DiagnosticSet()
    let script = parse(SourceFile(name: "stdin", text: text), for: .text, reportingTo: &diagnostics)
    return diagnostics.containsError ? nil : script
  }

  /// Returns what of the script was lost or changed, or changes when it is formatted again; empty if nothing.
  func faults() -> [String] {
    guard let before = Self.tree(original), let after = Self.tree(formatted) else {
      return ["the formatted text has an error"]
    }
    var result: [String] = []
    if describe(before) != describe(after) { result.append("the tree differs") }
    if Self.tokens(of: before) != Self.tokens(of: after) { result.append("tokens differ") }
    if Self.comments(of: before) != Self.comments(of: after) { result.append("comments differ") }
    if Self.neighbours(in: before) != Self.neighbours(in: after) { result.append("comments are elsewhere") }
    let again = format(after)
    if again != formatted {
      result.append("formatting again gives\n\(String(decoding: again, as: UTF8.self))")
    }
    for line in formatted.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let last = line.last
      let isInString = after.pieces().contains { $0.kind == .definition || $0.kind == .directive }
      if last == UInt8(ascii: " ") && !isInString { result.append("a line ends with a blank") }
    }
    return result
  }

  /// Returns the tokens of `script`, and what stays as it is, without semicolons.
  private static func tokens(of script: Script) -> [String] {
    script.pieces().filter { $0.kind != .lineComment && $0.kind != .blockComment }
      .map { text(of: $0) }.filter { $0 != ";" }
  }

  /// Returns the comments of `script`, without white space at the beginnings and ends of lines.
  private static func comments(of script: Script) -> [String] {
    script.pieces().filter { $0.kind == .lineComment || $0.kind == .blockComment }.map { text(of: $0) }
  }

  /// Returns for each comment the tokens around it.
  private static func neighbours(in script: Script) -> [String] {
    let pieces = script.pieces().filter { text(of: $0) != ";" }
    return pieces.indices.filter { pieces[$0].kind == .lineComment || pieces[$0].kind == .blockComment }
      .map { i in
        let before = i > 0 ? text(of: pieces[i - 1]) : ""
        let after = i + 1 < pieces.count ? text(of: pieces[i + 1]) : ""
        return "\(before) \(text(of: pieces[i])) \(after)"
      }
  }

  /// Returns the text of `piece`, white space at the beginnings and ends of its lines left out.
  private static func text(of piece: TextPiece) -> String {
    String(decoding: piece.site.text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        var trimmed = line.drop { $0.isWhitespace }
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        return String(trimmed)
      }.joined(separator: "\n")
  }

}
