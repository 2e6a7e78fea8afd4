import IR
import Kernel
import Syntax
import Types

/// `begin`: once before tracing starts.
struct BeginProvider: ProbeProvider {

  /// The names in scripts.
  let names = ["begin", "BEGIN"]

  /// Returns `true`: tests and measurements may need it.
  func takesPart(in mode: RunMode) -> Bool { true }

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard spec.parts.count == 1 else { throw .wrongForm(spec, expected: "begin") }
    return [AttachPoint(name: spec.parts[0].text, target: .begin, site: spec.site)]
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    ProbeContext(programKind: .testRun, provider: names[0], belongsToProcess: false)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .runAtBegin }

}
