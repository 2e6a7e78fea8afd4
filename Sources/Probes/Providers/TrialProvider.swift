import IR
import Kernel
import Syntax
import Types

/// `test` and `bench`: run by `--test` and `--bench` only, in the order of the script.
struct TrialProvider: ProbeProvider {

  /// The mode in which the probes are run.
  let mode: RunMode

  /// The names in scripts.
  var names: [String] { [mode.rawValue] }

  /// Returns `true` iff the probes are run in `mode`.
  func takesPart(in mode: RunMode) -> Bool { mode == self.mode }

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard spec.parts.count == 2, !spec.parts[1].text.isEmpty else {
      throw .wrongForm(spec, expected: "\(names[0]):name")
    }
    return [
      AttachPoint(
        name: spec.name(of: names[0]), target: .trial(name: spec.parts[1].text), site: spec.site)
    ]
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    ProbeContext(programKind: .testRun, provider: names[0], belongsToProcess: false)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism {
    mode == .test ? .test : .benchmark
  }

}
