import Foundation
import TestSupport
import Testing

/// That what the documentation tells people to use is usable.
@Suite struct DocumentationTests {

  /// The script in the manifest for clusters is in the standard format, and this kernel takes it.
  @Test func scriptOfTheCluster() throws {
    let manifest = projectRoot.appendingPathComponent("docs/kubernetes/apus.yaml")
    let lines = try String(contentsOf: manifest, encoding: .utf8).components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0.hasSuffix(".bt: |") })
    let script =
      lines[(start + 1)...].prefix { $0.isEmpty || $0.hasPrefix("    ") }
      .map { String($0.dropFirst(4)) }.joined(separator: "\n") + "\n"
    #expect(script.contains("sum("))
    let formatted = try run(executable, ["--fmt", "-e", script])
    #expect(formatted.output == script, "\(formatted.errors)")
    let plan = try run(executable, ["--dry-run", "-e", script])
    #expect(plan.status == 0 && plan.output.contains("rawtracepoint"), "\(plan.errors)")
    // What an option of apus means in a list of words.
    let words = try #require(lines.first { $0.contains(" args: [") })
    #expect(words.contains("/etc/apus/devices.bt"))
  }

}
