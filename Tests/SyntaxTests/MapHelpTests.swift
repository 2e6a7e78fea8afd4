import Diagnostics
import Syntax
import Testing

/// What comments say that maps are for.
@Suite struct MapHelpTests {

  /// Returns what is said about the maps of `text`, in which nothing may be wrong.
  private func help(_ text: String) -> [String: String] {
    var diagnostics = DiagnosticSet()
    let script = parse(SourceFile(name: "script", text: text), reportingTo: &diagnostics)
    #expect(Renderer().render(diagnostics) == "")
    return script.mapHelp
  }

  /// Returns what is said about `@a`, which is declared behind `text`.
  private func helpAbove(_ text: String) -> String? { help(text + "let @a = hash(1); BEGIN { }")["@a"] }

  @Test func linesDirectlyAboveDeclarations() {
    #expect(helpAbove("// Bytes by subnet.\n") == "Bytes by subnet.")
    #expect(helpAbove("BEGIN { }\n  /// Bytes\n\t//by \t subnet  \r\n  ") == "Bytes by subnet")
    #expect(helpAbove("// first\n\n// second\n") == "second")
    #expect(helpAbove("// -----\n// Bytes\n// =====\n//\n") == "Bytes")
    #expect(helpAbove("#!/usr/bin/env apus\n// Größe \u{2192}\n") == "Größe \u{2192}")
    #expect(helpAbove("// 12\n") == nil)
  }

  @Test func commentsOfSeveralLinesAboveDeclarations() {
    #expect(helpAbove("/* Bytes by subnet. */\n") == "Bytes by subnet.")
    #expect(helpAbove("/*\n * Bytes\n * by subnet.\n */\n") == "Bytes by subnet.")
    #expect(helpAbove("/** Bytes\n    by subnet. **/\n") == "Bytes by subnet.")
    #expect(helpAbove("BEGIN { } /* one\n two */\n") == nil)
  }

  @Test func whatIsNotDirectlyAboveIsAboutSomethingElse() {
    #expect(helpAbove("") == nil)
    #expect(helpAbove("// far\n\n") == nil)
    #expect(helpAbove("let @b = hash(1); // about b\n") == nil)
    #expect(helpAbove("// above b\nlet @b = hash(1); ") == nil)
    #expect(helpAbove("// far\nBEGIN { }\n") == nil)
    #expect(help("let @a = hash(1); // behind\nBEGIN { }") == [:])
  }

  @Test func linesThatNameMaps() {
    #expect(help("// @a: Bytes\nBEGIN { @a = 1 }") == ["@a": "Bytes"])
    #expect(
      help("BEGIN { // @: all\n @ = 1; /* @a[pid, comm] : by process */ @b = 1 } //@_c9:x")
        == ["@": "all", "@a": "by process", "@_c9": "x"])
    #expect(
      help("/*\n * Usage: x.bt\n * @a: one: two\n *@b:three\n */\nBEGIN { }") == [
        "@a": "one: two", "@b": "three",
      ])
  }

  @Test func whatLooksLikeALineAboutAMap() {
    #expect(help("// see @a: it counts\nBEGIN { }") == [:])
    #expect(help("// @a counts\n// @1: x\n// @a:\n// @a[1: x\n// @-: x\nBEGIN { }") == [:])
    #expect(help("BEGIN { printf(\"// @a: text\\n\") }") == [:])
    #expect(help("#ifdef NOTHING\n// @a: left out\n#endif\nBEGIN { }") == [:])
  }

  @Test func theLineThatNamesTheMapCountsMost() {
    #expect(help("// above\nlet @a = hash(1);\nBEGIN { } // @a: named") == ["@a": "named"])
    #expect(help("// @a: named\n// above\nlet @a = hash(1); BEGIN { }") == ["@a": "named"])
    #expect(help("// @b: other\n// above\nlet @a = hash(1); BEGIN { }") == ["@a": "above", "@b": "other"])
    #expect(help("// @a: first\n// @a: second\nBEGIN { }") == ["@a": "first"])
  }

  @Test func bytesThatAreNoText() {
    var diagnostics = DiagnosticSet()
    let text = Array("// @a: \u{7}b".utf8) + [0xff, 0xc3] + Array("\n/*/\n// @b: x\n*/ BEGIN { }".utf8)
    let script = parse(SourceFile(name: "script", text: text), reportingTo: &diagnostics)
    #expect(script.mapHelp["@a"] == "b\u{FFFD}\u{FFFD}")
    #expect(script.mapHelp["@b"] == "x")
  }

}
