import CBPF
import Glibc

/// Lets the kernel note how long programs take, as long as the value lives.
public struct ProgramTiming: ~Copyable {

  /// The open file by which that is asked for.
  private let request: FileDescriptor

  /// Begins to note; the process needs CAP_SYS_ADMIN.
  public init() throws(SystemError) {
    request = FileDescriptor(owning: try check("bpf_enable_stats", bpf_enable_stats(BPF_STATS_RUN_TIME)))
  }

  /// Returns the average time in nanoseconds that an empty program takes by the kernel's notes, which is what taking notes takes.
  public func emptyRunTime() throws(SystemError) -> Double {
    let program = try KernelProbe.load(.rawTracepoint)
    for _ in 0..<1000 { try KernelProbe.run(program) }
    let statistics = try ProgramStatistics(ofProgram: program.number)
    return statistics.runCount == 0 ? 0 : Double(statistics.runTime) / Double(statistics.runCount)
  }

}
