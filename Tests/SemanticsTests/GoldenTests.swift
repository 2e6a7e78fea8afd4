import Diagnostics
import Kernel
import Semantics
import Syntax
import TestSupport
import Testing
import Types

/// Scripts in files, compared with the files beside them.
@Suite struct GoldenTests {

  /// A script: its maps, actions and typed tree, behind the warnings.
  @Test(arguments: GoldenCase.all(withSuffix: ".bt"))
  func typedTree(of golden: GoldenCase) {
    golden.expect(analysis(of: String(decoding: golden.bytes, as: UTF8.self)), as: "types")
  }

  /// Faulty scripts, one in each line: the messages about each.
  @Test(arguments: GoldenCase.all(withSuffix: ".faults"))
  func messages(about golden: GoldenCase) {
    let scripts = String(decoding: golden.bytes, as: UTF8.self).split(separator: "\n")
    let results = scripts.map { analysis(of: String($0).replacing("\\n", with: "\n")) }
    golden.expect(results.joined(separator: "\n"), as: "diagnostics")
  }

  /// Returns what analysis finds out about `text` on the recorded kernel: messages, then the program if there is one.
  ///
  /// Behind `#!` and in front of `;` stand words that change the kernel and the settings.
  private func analysis(of text: String) -> String {
    let kernel = RecordedKernel()
    var settings = Settings()
    var script = text
    if text.hasPrefix("#!"), let end = text.firstIndex(of: ";") {
      for word in text[..<end].dropFirst(2).split(separator: " ") {
        switch word {
        case "without-kprobes": kernel.features.remove(.kprobes)
        case "without-kprobe-multi": kernel.features.remove(.kprobeMulti)
        case "without-btf": kernel.features.remove(.btf)
        case "without-uprobes": kernel.features.remove(.uprobes)
        case "without-uprobe-multi": kernel.features.remove(.uprobeMulti)
        case "without-fentry": kernel.features.remove(.fentry)
        case "tracing": kernel.recordedBinaries.hasProcess = true
        case "without-tracefs":
          kernel.tracefsFault = KernelFault("tracefs is not mounted", hint: "mount it")
        case "without-functions":
          kernel.functionsFault = KernelFault("the list of functions cannot be read", hint: "be root")
        case "without-atomic-time": kernel.features.remove(.atomicTime)
        case "without-write-user": kernel.features.remove(.writeUser)
        case "without-override": kernel.features.remove(.overrideReturn)
        case "without-types": kernel.hasTypes = false
        case "unsafe": settings.allowsUnsafe = true
        case "linux-5.15": kernel.release = "5.15.0"
        case "warn-missing": settings.missingProbes = .warn
        case "filtered": settings.filters.controlGroup = "/sys/fs/cgroup/system.slice"
        case "dry-run": settings.toleratesMissingMaps = true
        case "test-mode": settings.mode = .test
        case "few-probes": settings.maximumProbes = 10
        default: return "unknown word '\(word)'\n"
        }
      }
      script = String(text[text.index(after: end)...].drop { $0 == " " || $0 == "\n" })
    }
    var diagnostics = DiagnosticSet()
    let tree = parse(
      SourceFile(name: "stdin", text: script), parameters: ["7", "smbd", "-3"], reportingTo: &diagnostics)
    let program =
      diagnostics.containsError
      ? nil : analyze(tree, on: kernel, settings: settings, reportingTo: &diagnostics)
    #expect((program == nil) == diagnostics.containsError)
    return Renderer().render(diagnostics) + (program.map { describe($0) } ?? "")
  }

}
