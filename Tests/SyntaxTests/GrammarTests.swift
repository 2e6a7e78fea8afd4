import Foundation
import Testing

@Suite struct GrammarTests {

  /// The root of the project.
  private let root = URL(fileURLWithPath: "\(#filePath)")
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func isWhatTheParserSays() throws {
    let inFile = productions(in: try grammar())
    let inParser = productions(in: try documentedGrammar())
    #expect(inFile.count > 60)
    for (name, production) in inParser {
      #expect(inFile[name] == production, "grammar/apus.ebnf differs from the parser")
    }
    for name in inFile.keys {
      #expect(inParser[name] != nil, "no function of the parser has the production '\(name)'")
    }
  }

  @Test func usesOnlyWhatItDefines() throws {
    let productions = productions(in: try grammar())
    for (name, production) in productions {
      for used in names(in: production) {
        #expect(productions[used] != nil, "'\(name)' uses '\(used)', which is not defined")
      }
    }
    let used = Set(productions.flatMap { entry in names(in: entry.value).filter { $0 != entry.key } })
    for name in productions.keys {
      #expect(["script", "token", "trivia"].contains(name) || used.contains(name), "nothing uses '\(name)'")
    }
  }

  /// Returns the text of the grammar without its comments.
  private func grammar() throws -> String {
    let text = try String(contentsOf: root.appendingPathComponent("grammar/apus.ebnf"), encoding: .utf8)
    return text.replacing(/\(\*\s(.|\n)*?\s\*\)/, with: "")
  }

  /// Returns the productions in the documentation of the lexer and the parser.
  private func documentedGrammar() throws -> String {
    var result = ""
    for folder in ["Lexer", "Parser"] {
      let path = root.appendingPathComponent("Sources/Syntax/\(folder)")
      for file in try FileManager.default.contentsOfDirectory(at: path, includingPropertiesForKeys: nil) {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          let text = line.drop { $0 == " " }
          if text.hasPrefix("///     ") { result += text.dropFirst(8) + "\n" }
        }
      }
    }
    return result
  }

  /// Returns the productions in `text` by their names, white space made single blanks.
  private func productions(in text: String) -> [String: String] {
    var result: [String: String] = [:]
    var name = ""
    for line in text.split(separator: "\n") {
      var body = line.trimmingCharacters(in: .whitespaces)
      if let (start, rest) = line.firstMatch(of: /^([a-z-]+) ::=(.*)$/).map({ ($0.1, $0.2) }) {
        name = String(start)
        body = rest.trimmingCharacters(in: .whitespaces)
        #expect(result[name] == nil, "'\(name)' is defined twice")
        result[name] = ""
      }
      if !name.isEmpty && !body.isEmpty { result[name]! += (result[name] == "" ? "" : " ") + body }
    }
    return result
  }

  /// Returns the names of productions in `production`.
  private func names(in production: String) -> [String] {
    let names = production.replacing(/'[^']+'|\? [^?]+ \?/, with: " ")
    return names.matches(of: /[a-z][a-z-]*/).map { String($0.output) }
  }

}
