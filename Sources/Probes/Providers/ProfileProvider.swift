import IR
import Kernel
import Syntax
import Types

/// `profile`: again and again, on every CPU.
struct ProfileProvider: ProbeProvider {

  /// The names in scripts.
  let names = ["profile", "p"]

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    let period = try spec.period(of: names[0])
    return [AttachPoint(name: spec.name(of: names[0]), target: .sampler(period: period), site: spec.site)]
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    ProbeContext(programKind: .perfEvent, provider: names[0], hasCookie: kernel.mayHaveCookies)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .perfClock }

}
