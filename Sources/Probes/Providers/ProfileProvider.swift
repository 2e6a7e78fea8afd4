import IR
import Kernel
import Syntax
import Types

/// `profile`: again and again, on every CPU.
struct ProfileProvider: ProbeProvider {

  let names = ["profile", "p"]

  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    let period = try spec.period(of: names[0])
    return [AttachPoint(name: spec.name(of: names[0]), target: .sampler(period: period), site: spec.site)]
  }

  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    ProbeContext(programKind: .perfEvent, provider: names[0], hasCookie: kernel.mayHaveCookies)
  }

  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .perfClock }

}
