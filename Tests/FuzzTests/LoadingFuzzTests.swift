import BPF
import Diagnostics
import Foundation
import Fuzzing
import IR
import LinuxKernel
import Loading
import Lowering
import TestSupport
import Testing

/// Programs that nobody wrote, loaded into the running kernel.
@Suite(.serialized) struct LoadingFuzzTests {

  /// Probes that every kernel has.
  private static let probes = [
    "BEGIN", "END", "interval:s:1", "interval:ms:50", "profile:hz:99",
    "tracepoint:syscalls:sys_enter_getppid", "tracepoint:sched:sched_switch",
  ]

  /// What the compiler accepts is accepted by the kernel's verifier too.
  @Test(.enabled(if: Capabilities.missingForTracing().isEmpty))
  func acceptedProgramsLoad() throws {
    var pipeline = Pipeline(on: LiveKernel())
    var blocks = 0
    try FuzzRun("loading").each(40) { numbers in
      // Each block by itself, so that one that is refused does not keep the others away.
      var generator = ProgramGenerator(seed: numbers.next())
      var text = ProgramGenerator.definitionsOfMaps
      for _ in 0..<16 {
        let block = generator.actionBlock(at: Self.probes)
        let alone = Array((ProgramGenerator.definitionsOfMaps + block).utf8)
        guard pipeline.run(alone, generatesCode: false) == .compiled else { continue }
        text += block
        blocks += 1
      }
      return Array(text.utf8)
    } body: { text in
      _ = pipeline.run(text)
      return pipeline.fault ?? pipeline.compiled.flatMap { fault(loading: $0) }
    }
    #expect(blocks > 40 * 16 / 4, "only \(blocks) blocks were compiled: \(pipeline.commonRefusals)")
  }

  /// Returns why the kernel refuses `compiled`, nil if it does not.
  private func fault(loading compiled: Pipeline.Compiled) -> String? {
    do {
      _ = try Loading.load(
        compiled.object, sharing: compiled.script.module.manifest, following: compiled.script.plan)
      return nil
    } catch {
      let log = error.verifierLog.map { "\n" + String($0.suffix(3000)) } ?? ""
      return "the kernel refuses it: \(error.message)\(log)"
    }
  }

}
