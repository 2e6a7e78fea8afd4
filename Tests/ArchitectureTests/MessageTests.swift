import Foundation
import Testing

/// That every message about a script is shown by some case.
@Suite struct MessageTests {

  /// The modules that report what is wrong with scripts.
  private static let modules = ["Syntax", "Probes", "Builtins", "Semantics"]

  /// Messages that no test can show, by the reason.
  private static let exempted: [String: String] = [
    "the layout of the registers of this architecture is not known": "it is known where tests run",
    "'…' needs the helper 'bpf_loop', which Linux has since 5.17": "the recorded kernel is a later one",
    "… cannot be a part of a key": "no value of this version has a type that cannot",
    "the type of the expression cannot be told": "other messages tell why as far as is known",
  ]

  /// The files of cases and what is expected of them.
  private static let shown: String = {
    let tests = DeclaredModule.root.appendingPathComponent("Tests")
    let files = FileManager.default.enumerator(atPath: tests.path)?.compactMap { $0 as? String } ?? []
    // Some tests compare messages by themselves.
    return files.filter { file in
      file.hasSuffix(".expected") || file.contains("EndToEndTests/Cases/")
        || file.hasSuffix("Tests.swift") && !file.hasPrefix("ArchitectureTests")
    }
    .compactMap { try? String(contentsOf: tests.appendingPathComponent($0), encoding: .utf8) }
    .joined(separator: "\n")
  }()

  /// The messages in the code of all modules.
  static let all: [ReportedMessage] = modules.flatMap { module -> [ReportedMessage] in
    let folder = DeclaredModule.root.appendingPathComponent("Sources/\(module)")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".swift") }.sorted().flatMap { file -> [ReportedMessage] in
      let text = (try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)) ?? ""
      return ReportedMessage.all(in: text, of: "\(module)/\(file)")
    }
  }

  @Test func messagesAreFound() { #expect(Self.all.count > 150) }

  @Test(arguments: all)
  func isShown(message: ReportedMessage) {
    if Self.exempted[message.text] != nil { return }
    #expect(message.isShown(in: Self.shown), "no case shows '\(message.text)', which \(message.file) reports")
  }

}

/// A message in the code: text with gaps where values are put in.
struct ReportedMessage: Sendable, CustomTestStringConvertible {

  /// The file.
  let file: String

  /// What stands between the gaps.
  let parts: [String]

  /// The text, gaps as dots.
  var text: String { parts.joined(separator: "…") }

  /// The name under which tests report it.
  var testDescription: String { text }

  /// Returns `true` iff a line of `text` has all parts in their order.
  func isShown(in text: String) -> Bool {
    guard let rarest = parts.max(by: { $0.count < $1.count }), !rarest.isEmpty else { return true }
    var rest = text[...]
    while let place = rest.firstRange(of: rarest) {
      let start = text[..<place.lowerBound].lastIndex(of: "\n") ?? text.startIndex
      let end = text[place.upperBound...].firstIndex(of: "\n") ?? text.endIndex
      if isShown(inLine: text[start..<end]) { return true }
      rest = text[place.upperBound...]
    }
    return false
  }

  /// Returns `true` iff `line` has all parts in their order.
  private func isShown(inLine line: Substring) -> Bool {
    var rest = line
    for part in parts {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }

  /// Returns the messages in `code`, that of `file`: the string literals in front of the place in calls that report.
  static func all(in code: String, of file: String) -> [ReportedMessage] {
    var result: [ReportedMessage] = []
    for call in code.matches(of: /\b(?:error|warning|Note)\(/) {
      var reader = LiteralReader(code[call.range.upperBound...])
      for parts in reader.literals() where parts.joined().contains(" ") {
        result.append(ReportedMessage(file: file, parts: parts))
      }
    }
    return result
  }

}

/// Reads the string literals of the first argument of a call.
private struct LiteralReader {

  /// What is left.
  private var rest: Substring

  /// Creates a reader of what stands behind the parenthesis of the call.
  init(_ text: Substring) { rest = text }

  /// Returns the parts between the interpolations of each literal, up to the next argument.
  mutating func literals() -> [[String]] {
    var result: [[String]] = []
    var depth = 0
    while let next = rest.popFirst() {
      switch next {
      case "(", "[", "{": depth += 1
      case ")", "]", "}":
        depth -= 1
        if depth < 0 { return result }
      case "," where depth == 0: return result
      case "\"": result.append(literal())
      default: break
      }
    }
    return result
  }

  /// Returns the parts of the literal whose quote was read.
  private mutating func literal() -> [String] {
    var parts = [""]
    while let next = rest.popFirst() {
      switch next {
      case "\"": return parts
      case "\\" where rest.first == "(":
        discardInterpolation()
        parts.append("")
      case "\\":
        if let escaped = rest.popFirst() { parts[parts.count - 1].append(escaped) }
      default: parts[parts.count - 1].append(next)
      }
    }
    return parts
  }

  /// Moves behind an interpolation, literals in it included.
  private mutating func discardInterpolation() {
    var depth = 0
    while let next = rest.popFirst() {
      switch next {
      case "(": depth += 1
      case ")":
        depth -= 1
        if depth == 0 { return }
      case "\"": _ = literal()
      default: break
      }
    }
  }

}
