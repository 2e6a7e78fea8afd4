import Diagnostics
import Testing

@Suite struct RendererTests {

  /// Returns the text of an error about the first place of `marked` in `text`.
  private func render(
    _ text: String, marking marked: String, _ message: String = "wrong", hint: String? = nil, width: Int = 160
  ) -> String {
    let bytes = Array(text.utf8)
    let wanted = Array(marked.utf8)
    let start =
      (0...bytes.count - wanted.count).first { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) } ?? 0
    let file = SourceFile(name: "stdin", text: bytes)
    let site = SourceSpan(file, from: start, to: start + wanted.count)
    return Renderer(width: width).render(.error(message, at: site, hint: hint))
  }

  @Test func showsTheLineAndAMarker() {
    let text = #"kprobe:f { printf("%d\n", pidd); }"#
    #expect(
      render(text, marking: "pidd", "unknown builtin 'pidd'; did you mean 'pid'?") == #"""
        stdin:1:27-30: ERROR: unknown builtin 'pidd'; did you mean 'pid'?
        kprobe:f { printf("%d\n", pidd); }
                                  ~~~~

        """#)
  }

  @Test func showsHintsAndNotes() {
    let file = SourceFile(name: "a.bt", text: "BEGIN {\n  $x = 1;\n  $x = \"a\";\n}")
    let diagnostic = Diagnostic.error(
      "type mismatch for '$x'", at: SourceSpan(file, from: 20, to: 28),
      notes: [Diagnostic.Note("'$x' is an integer here", at: SourceSpan(file, from: 10, to: 16))],
      hint: "use another variable")
    #expect(
      Renderer().render(diagnostic) == """
        a.bt:3:3-10: ERROR: type mismatch for '$x'
          $x = "a";
          ~~~~~~~~
        a.bt:2:3-8: NOTE: '$x' is an integer here
          $x = 1;
          ~~~~~~
        HINT: use another variable

        """)
  }

  @Test func namesTheLinesOfALongRange() {
    #expect(
      render("BEGIN {\n  a\n}", marking: "{\n  a\n}") == """
        stdin:1-3: ERROR: wrong
        BEGIN {
              ~

        """)
    #expect(render("a {\r\n}", marking: "a {\r\n").hasPrefix("stdin:1:1-5: ERROR: wrong\na {\n~~~\n"))
  }

  @Test func expandsTabs() {
    #expect(
      render("\ta\tbc;", marking: "bc")
        == "stdin:1:4-5: ERROR: wrong\n        a       bc;\n                ~~\n")
    #expect(render("a\tb", marking: "\tb") == "stdin:1:2-3: ERROR: wrong\na       b\n ~~~~~~~~\n")
  }

  @Test func alignsWideAndCombiningCharacters() {
    #expect(render("\"漢字\" x", marking: "x") == "stdin:1:10-10: ERROR: wrong\n\"漢字\" x\n       ~\n")
    #expect(render("e\u{301} x", marking: "x") == "stdin:1:5-5: ERROR: wrong\ne\u{301} x\n  ~\n")
    #expect(render("漢", marking: "漢") == "stdin:1:1-3: ERROR: wrong\n漢\n~~\n")
  }

  @Test func replacesWhatTerminalsDoNotShow() {
    let file = SourceFile(name: "stdin", text: [0xFF, 0xC3, 0x28, 0, 0x1B, UInt8(ascii: "x")])
    let text = Renderer().render(.error("a\u{1B}[31mb", at: SourceSpan(file, from: 5, to: 6)))
    #expect(
      text == "stdin:1:6-6: ERROR: a\u{FFFD}[31mb\n\u{FFFD}\u{FFFD}(\u{FFFD}\u{FFFD}x\n     ~\n")
  }

  @Test func marksEmptyRanges() {
    #expect(render("BEGIN", marking: "") == "stdin:1:1-1: ERROR: wrong\nBEGIN\n~\n")
    let file = SourceFile(name: "stdin", text: "BEGIN")
    #expect(
      Renderer().render(.error("wrong", at: SourceSpan(file, from: 5, to: 5)))
        == "stdin:1:6-6: ERROR: wrong\nBEGIN\n     ~\n")
    #expect(render("", marking: "") == "stdin:1:1-1: ERROR: wrong\n")
  }

  @Test func cutsLongLines() {
    let filler = String(repeating: "a", count: 10_000)
    for text in [filler + "XY" + filler, "XY" + filler, filler + "XY", "1234567890XY" + filler] {
      let lines = render(text, marking: "XY", width: 60).split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[1].count <= 60)
      let marked = zip(lines[1], lines[2]).filter { $0.1 == "~" }.map(\.0)
      #expect(String(marked) == "XY")
    }
    let long = render(filler, marking: filler, width: 60).split(separator: "\n")
    #expect(long[1].count == 60 && long[1].hasSuffix("..."))
    #expect(long[2] == String(repeating: "~", count: 57))
  }

  @Test func coloursOnlyIfAsked() {
    let file = SourceFile(name: "stdin", text: "a")
    let error = Diagnostic.error("wrong", at: SourceSpan(file, from: 0, to: 1))
    let warning = Diagnostic.warning("odd", at: SourceSpan(file, from: 0, to: 1))
    #expect(!Renderer().render(error).contains("\u{1B}"))
    #expect(
      Renderer(style: .coloured).render(error)
        == "stdin:1:1-1: \u{1B}[1;31mERROR\u{1B}[0m: wrong\na\n\u{1B}[1;31m~\u{1B}[0m\n")
    #expect(Renderer(style: .coloured).render(warning).contains("\u{1B}[1;33mWARNING"))
  }

  @Test func ordersByPlaceAndKeepsEachOnce() {
    let file = SourceFile(name: "stdin", text: "ab")
    var set = DiagnosticSet()
    set.insert(.error("second", at: SourceSpan(file, from: 1, to: 2)))
    set.insert(.warning("odd", at: SourceSpan(file, from: 0, to: 1)))
    set.insert(.error("first", at: SourceSpan(file, from: 0, to: 1)))
    set.insert(.error("second", at: SourceSpan(file, from: 1, to: 2)))
    let titles = Renderer().render(set).split(separator: "\n").filter { $0.contains(": ") }
    #expect(titles.map { $0.split(separator: " ").last } == ["first", "odd", "second"])
  }

}
