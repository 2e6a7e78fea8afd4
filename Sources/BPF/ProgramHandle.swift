import CBPF
import Glibc

/// A loaded program of a `LoadedObject`, valid as long as that.
public struct ProgramHandle: Sendable {

  /// The name of the function.
  public let name: String

  /// The number of the open file that stands for the program.
  public let descriptor: Int32

  /// Runs the program, of a kind that can run without being attached, on `cpu` or on the CPU that the caller runs on.
  ///
  /// The program sees the calling thread as the current task. See `bpf_prog_test_run_raw_tp` in
  /// net/bpf/test_run.c.
  public func run(on cpu: Int32? = nil) throws(SystemError) {
    try check("bpf_prog_test_run", cbpf_run_program(descriptor, cpu ?? -1))
  }

  /// Returns what the kernel has counted about the program.
  public func statistics() throws(SystemError) -> ProgramStatistics {
    try ProgramStatistics(ofProgram: descriptor)
  }

}

/// What the kernel has counted about a program.
public struct ProgramStatistics: Hashable, Sendable {

  /// The number by which `bpftool prog show id` knows the program.
  public let identifier: UInt32

  /// How often it ran; counted only while `kernel.bpf_stats_enabled` is 1.
  public let runCount: UInt64

  /// The time it took in nanoseconds; counted only while `kernel.bpf_stats_enabled` is 1.
  public let runTime: UInt64

  /// How often it was not run because a program was running on that CPU already (kernel 5.12 and later).
  public let recursionMisses: UInt64

  /// Asks the kernel about the program that the open file with the given number stands for.
  init(ofProgram descriptor: Int32) throws(SystemError) {
    var info = bpf_prog_info()
    var size = UInt32(MemoryLayout<bpf_prog_info>.size)
    try check("bpf_obj_get_info_by_fd", bpf_obj_get_info_by_fd(descriptor, &info, &size))
    identifier = info.id
    runCount = info.run_cnt
    runTime = info.run_time_ns
    recursionMisses = info.recursion_misses
  }

}
