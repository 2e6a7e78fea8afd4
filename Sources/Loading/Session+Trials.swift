public import BPF
public import Probes

extension Session {

  /// Returns the names of the tests and benchmarks of `mechanism`, and the program of each by its index, in order.
  public func trials(_ mechanism: AttachMechanism) -> [(name: String, programIndex: Int)] {
    plan.programs.enumerated().flatMap { index, program in
      program.points.compactMap { planned in
        guard program.mechanism == mechanism, case .trial(let name) = planned.point.target else { return nil }
        return (name, index)
      }
    }
  }

  /// Returns what the kernel has counted about the program with the given index in the plan.
  public func statistics(of programIndex: Int) throws(SystemError) -> ProgramStatistics {
    try programs[programIndex].statistics()
  }

}
