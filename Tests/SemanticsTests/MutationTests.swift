import Diagnostics
import Semantics
import Syntax
import TestSupport
import Testing
import Types

/// Scripts that somebody typed carelessly.
@Suite struct MutationTests {

  /// Words of the cases that are left out, put elsewhere or doubled give messages or a program, and never a trap.
  @Test(arguments: GoldenCase.all(withSuffix: ".bt") + GoldenCase.all(withSuffix: ".faults"))
  func mutantsAreUnderstoodOrRefused(of golden: GoldenCase) {
    var generator = SeededNumbers(seed: UInt64(golden.bytes.count))
    let scripts =
      golden.name.hasSuffix(".bt")
      ? [String(decoding: golden.bytes, as: UTF8.self)]
      : String(decoding: golden.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    for script in scripts where !script.contains("unroll (100)") {
      let words = script.matches(of: /\s+|[\w@$]+|"[^"]*"|./).map { String($0.output) }
      for _ in 0..<(200 / scripts.count + 1) {
        var mutant = words
        for _ in 0..<Int.random(in: 1...3, using: &generator) where mutant.count > 1 {
          let place = Int.random(in: mutant.indices, using: &generator)
          let word = words[Int.random(in: words.indices, using: &generator)]
          switch Int.random(in: 0..<3, using: &generator) {
          case 0: mutant.remove(at: place)
          case 1: mutant[place] = word
          default: mutant.insert(word, at: place)
          }
        }
        analyzeWhole(mutant.joined())
      }
    }
  }

  /// Analyzes `text` and compares whether there is a program with whether there are errors.
  private func analyzeWhole(_ text: String) {
    var diagnostics = DiagnosticSet()
    let tree = parse(
      SourceFile(name: "stdin", text: text), parameters: ["7", "x"], reportingTo: &diagnostics)
    if diagnostics.containsError { return }
    let program = analyze(
      tree, on: RecordedKernel(), settings: Settings(), reportingTo: &diagnostics)
    #expect((program == nil) == diagnostics.containsError, "\(text)")
    _ = Renderer().render(diagnostics)
    if let program { _ = describe(program) }
  }

}
