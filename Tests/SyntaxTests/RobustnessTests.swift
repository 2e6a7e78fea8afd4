import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

@Suite struct RobustnessTests {

  /// The scripts among the cases of all tests.
  static let scripts: [GoldenCase] =
    GoldenCase.all(in: "Cases/Valid") + GoldenCase.all(in: "Cases/Invalid")
    + GoldenCase.all(in: "../EndToEndTests/Cases") + GoldenCase.all(in: "../SemanticsTests/Cases")

  /// Returns the messages about `text`.
  @discardableResult
  private func messages(about text: [UInt8]) -> [Diagnostic] {
    var diagnostics = DiagnosticSet()
    let script = parse(
      SourceFile(name: "stdin", text: text), parameters: ["1"], knowing: Facts(), reportingTo: &diagnostics)
    // Whatever is wrong, the tree can be walked and the messages can be shown.
    _ = describe(script)
    _ = Renderer().render(diagnostics)
    if script.actions.isEmpty && script.imports.isEmpty { #expect(diagnostics.containsError) }
    return diagnostics.sorted
  }

  /// Returns the messages about `text`.
  @discardableResult
  private func messages(about text: String) -> [Diagnostic] { messages(about: Array(text.utf8)) }

  @Test(arguments: GoldenCase.all(in: "../EndToEndTests/Cases"))
  func parsesCasesOfOtherTests(_ script: GoldenCase) {
    let lines = script.bytes.split(separator: UInt8(ascii: "\n"))
    // Some cases have directives alone and give the program as an argument.
    guard lines.contains(where: { !$0.starts(with: Array("//".utf8)) }) else { return }
    #expect(messages(about: script.bytes).map(\.message) == [])
  }

  @Test(arguments: scripts)
  func survivesMutations(of script: GoldenCase) {
    let text = script.bytes
    let pieces = pieces(of: text)
    for index in stride(from: 0, to: pieces.count, by: max(1, pieces.count / 60)) {
      let range = pieces[index]
      messages(about: Array(text[..<range.lowerBound] + text[range.upperBound...]))
      messages(about: Array(text[..<range.lowerBound]))
      messages(about: Array(text[..<range.upperBound] + text[range] + text[range.upperBound...]))
    }
  }

  @Test func survivesRandomWords() {
    let words = [
      "BEGIN", "kprobe:f", "{", "}", "(", ")", "[", "]", "/", ";", ",", "if", "else", "while", "for",
      "unroll", "let",
      "$x", "@m", "@", "$1", "$#", "5", "0x", "1e9", "10ms", "\"s\"", "\"", "+", "-", "*", "&", "=", "==",
      "?", ":", "..",
      ".", "->", "++", "struct", "(struct s *)", "u32", "sizeof", "args", "count()", "//", "/*", "*/", "\n",
      "\n#define A B",
      "\n#define B A A", "A", "macro", "import", "config", "return", "\u{E9}", "\\", "#", "`", "interval:s:1",
    ]
    var random = Generator(state: 20)
    for _ in 0..<4000 {
      let count = Int(random.next() % 60)
      messages(
        about: (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
      )
    }
  }

  @Test func survivesRandomBytes() {
    var random = Generator(state: 7)
    for _ in 0..<2000 {
      let bytes = (0..<random.next() % 100).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      messages(about: bytes)
      messages(about: Array("BEGIN { ".utf8) + bytes)
    }
  }

  @Test(arguments: [
    ("(", ")"), ("-", ""), ("!", ""), ("{", "}"), ("$x[", "]"), ("@x[", "]"), ("f(", ")"), ("(u8)", ""),
    ("1 + (", ")"), ("1 ? ", " : 1"), ("1 ? 1 : ", ""), ("if (1) {", "}"), ("if (1) { } else ", ""),
    ("while (1) {", "}"), ("(typeof(", "))1"), ("sizeof(typeof(", "))"), ("1 + ", ""), ("$x = {", "}"),
    ("(1, ", ")"), ("(x = ", ")"), ("++", ""), ("$x + {1 + 1 + 1 + ", "}"),
  ])
  func boundsNesting(_ opening: String, _ closing: String) {
    for count in [20_000, 3_000, 150] {
      let body = String(repeating: opening, count: count) + "1" + String(repeating: closing, count: count)
      let found = messages(about: "BEGIN { " + body + " }")
      if count > 1000 { #expect(found.contains { $0.message.contains("too") }) }
    }
  }

  @Test(arguments: [".a", ".0", "->b", "[1]", "++", " + 1", " == 2", " && 3"])
  func boundsChains(_ link: String) {
    let found = messages(about: "BEGIN { $x = $y" + String(repeating: link, count: 100_000) + "; }")
    #expect(found.count == 1 && found[0].message == "expression is too long")
    #expect(messages(about: "BEGIN { $x = $y" + String(repeating: link, count: 300) + "; }").isEmpty)
  }

  @Test func boundsDefinitions() {
    var text = "#define A0 1\n"
    for i in 1...60 { text += "#define A\(i) A\(i - 1) + A\(i - 1)\n" }
    #expect(!messages(about: text + "BEGIN { $x = A60; }").isEmpty)
    #expect(messages(about: text + "BEGIN { $x = A5; }").isEmpty)
    #expect(messages(about: "#define A B\n#define B A\nBEGIN { $x = A; }").isEmpty)
  }

  @Test func parsesLongScriptsInLinearTime() {
    let line = "  @m[pid, comm] = count(); if ($x > 5) { printf(\"%d %s\\n\", (uint32)$x, comm); }\n"
    let lists = "BEGIN {\n" + String(repeating: line, count: 1_000) + "}\n"
    let text = String(repeating: lists, count: 12)
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      var diagnostics = DiagnosticSet()
      let script = parse(SourceFile(name: "stdin", text: text), reportingTo: &diagnostics)
      #expect(script.actions.count == 12 && diagnostics.elements.isEmpty)
    }
    // Without optimization, on a busy machine; quadratic time would take minutes.
    #expect(elapsed < .seconds(20))
  }

  /// Returns the words, numbers, runs of blanks and other characters that `text` consists of.
  private func pieces(of text: [UInt8]) -> [Range<Int>] {
    func kind(_ byte: UInt8) -> Int {
      let scalar = Unicode.Scalar(byte)
      return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || byte == 95
        ? 1 : scalar.properties.isWhitespace ? 2 : 3
    }
    var result: [Range<Int>] = []
    var start = 0
    for i in text.indices
    where i + 1 == text.count || kind(text[i]) == 3 || kind(text[i + 1]) != kind(text[i]) {
      result.append(start..<i + 1)
      start = i + 1
    }
    return result
  }

  /// A source of numbers that look random and are the same in every run (xorshift64*).
  private struct Generator: RandomNumberGenerator {

    /// The state, not zero.
    var state: UInt64

    /// Returns the next number.
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 2_685_821_657_736_338_717 >> 8
    }

  }

}
