import IR
import Kernel
import Syntax
import Types

/// `self`: something that happens to the tracing process itself, which is a signal that it gets.
struct SelfProvider: ProbeProvider {

  /// The names in scripts.
  let names = ["self"]

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard spec.parts.count == 3, spec.parts[1].text == "signal" else {
      throw .wrongForm(spec, expected: "self:signal:SIGUSR1")
    }
    let part = spec.parts[2]
    guard let number = SignalNames.number(of: part.text), let name = SignalNames.name(of: number) else {
      throw .unknownSignal(part)
    }
    guard !Self.unusable.contains(name) else { throw .unusableSignal(part) }
    return [
      AttachPoint(name: "self:signal:\(name)", target: .signal(Int32(number)), site: spec.site)
    ]
  }

  /// The signals that end the process or tracing, or are faults of a process.
  private static let unusable: Set = [
    "SIGINT", "SIGTERM", "SIGKILL", "SIGSTOP", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV",
    "SIGSYS", "SIGPIPE",
  ]

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    ProbeContext(programKind: .testRun, provider: names[0], belongsToProcess: false)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .signal }

}
