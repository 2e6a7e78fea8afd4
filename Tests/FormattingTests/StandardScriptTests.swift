import Diagnostics
import Formatting
import StandardScripts
import Syntax
import Testing

/// The scripts of the standard library.
@Suite struct StandardScriptTests {

  /// Each is a script in the standard format that defines what it says it does, and nothing else.
  @Test(arguments: StandardScript.all.map(\.name))
  func isWellFormed(name: String) throws {
    let script = try #require(StandardScript.all.first { $0.name == name })
    let source = SourceFile(name: name, text: "\(script.text)")
    var diagnostics = DiagnosticSet()
    let tree = parse(source, for: .part, reportingTo: &diagnostics)
    #expect(Renderer().render(diagnostics) == "")
    #expect(tree.macros.map(\.name.text) == script.macros && !script.macros.isEmpty)
    #expect(tree.actions.isEmpty && tree.mapDeclarations.isEmpty && tree.configuration.isEmpty)
    let text = parse(source, for: .text, reportingTo: &diagnostics)
    #expect(String(decoding: format(text), as: UTF8.self) == "\(script.text)")
  }

  /// Each tool is in the standard format and can be read with the parameters that there can be.
  @Test(arguments: Tool.all.map(\.name))
  func toolIsWellFormed(name: String) throws {
    let text = "\(try #require(Tool.named(name)).text)"
    var diagnostics = DiagnosticSet()
    let source = SourceFile(name: name, text: text)
    let tree = parse(source, parameters: ["1", "2", "3"], knowing: Facts(), reportingTo: &diagnostics)
    #expect(Renderer().render(diagnostics) == "" && !tree.actions.isEmpty && tree.imports.isEmpty)
    #expect(text.hasPrefix("#!/usr/bin/env apus\n// \(name): "))
    let tokens = parse(source, for: .text, reportingTo: &diagnostics)
    #expect(String(decoding: format(tokens), as: UTF8.self) == text)
  }

  /// No two scripts define the same macro.
  @Test func namesAreUnique() {
    #expect(Set(StandardScript.macroNames).count == StandardScript.macroNames.count)
    #expect(StandardScript.defining("assert")?.name == "stdlib/assertions.bt")
    #expect(StandardScript.defining("nothing") == nil)
  }

}

/// What the preprocessor knows about a machine of the imagination.
private final class Facts: PreprocessorFacts {

  /// The release of the kernel.
  let kernelRelease = "6.12.43+deb13-amd64"

  /// Returns `nil`: no option is set.
  func kernelOption(named name: String) -> String? { nil }

}
