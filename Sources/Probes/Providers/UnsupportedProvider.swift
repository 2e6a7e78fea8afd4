import IR
import Kernel
import Syntax
import Types

/// A family of attach points of the language that this version lacks.
struct UnsupportedProvider: ProbeProvider {

  /// The names in scripts.
  let names: [String]

  /// The families.
  static let all: [any ProbeProvider] = [
    ["usdt", "U"]
  ].map { UnsupportedProvider(names: $0) }

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    throw .unsupportedProvider(spec, named: names[0])
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    preconditionFailure("a probe of a family without attach points")
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism {
    preconditionFailure("a probe of a family without attach points")
  }

}
