import IR
import Kernel
import Syntax
import Types

/// `begin`: once before tracing starts.
struct BeginProvider: ProbeProvider {

  let names = ["begin", "BEGIN"]

  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard spec.parts.count == 1 else { throw .wrongForm(spec, expected: "begin") }
    return [AttachPoint(name: spec.parts[0].text, target: .begin, site: spec.site)]
  }

  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    ProbeContext(programKind: .testRun, provider: names[0], belongsToProcess: false)
  }

  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .runAtBegin }

}
