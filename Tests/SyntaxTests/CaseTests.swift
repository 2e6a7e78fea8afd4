import Diagnostics
import Syntax
import TestSupport
import Testing

@Suite struct CaseTests {

  @Test(arguments: GoldenCase.all(in: "Cases/Valid"))
  func treeOf(_ script: GoldenCase) {
    let file = SourceFile(name: script.name, text: script.bytes)
    var diagnostics = DiagnosticSet()
    let tree = parse(file, parameters: ["tcp_ack", "7"], knowing: Facts(), reportingTo: &diagnostics)
    #expect(Renderer().render(diagnostics) == "")
    script.expect(describe(tree), as: "tree")
  }

  @Test(arguments: GoldenCase.all(in: "Cases/Invalid"))
  func diagnosticsOf(_ script: GoldenCase) {
    let file = SourceFile(name: script.name, text: script.bytes)
    var diagnostics = DiagnosticSet()
    _ = parse(file, knowing: Facts(), reportingTo: &diagnostics)
    #expect(diagnostics.containsError)
    script.expect(Renderer().render(diagnostics), as: "diagnostics")
  }

  /// Faulty scripts, one in each line: the messages about each, of which there is one for each cause.
  @Test(arguments: GoldenCase.all(in: "Cases/Invalid", withSuffix: ".faults"))
  func messages(about golden: GoldenCase) {
    var result = ""
    for line in String(decoding: golden.bytes, as: UTF8.self).split(separator: "\n") {
      var diagnostics = DiagnosticSet()
      _ = parse(SourceFile(name: "stdin", text: String(line)), reportingTo: &diagnostics)
      #expect(diagnostics.containsError, "\(line)")
      result += Renderer().render(diagnostics) + "\n"
    }
    golden.expect(result, as: "diagnostics")
  }

}
