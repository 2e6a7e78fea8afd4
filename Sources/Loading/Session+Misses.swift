import BPF

extension Session {

  /// How often the kernel did not run a program, and why.
  public struct Misses: Hashable, Sendable {

    /// Because one was running on that CPU already (kernel 5.12 and later; 6.7 and later for tracepoints and for kprobes that are
    /// attached one by one).
    public var nested: UInt64 = 0

    /// Because it was not ready for the call (kernel 6.7 and later).
    public var unhandled: UInt64 = 0

    /// The times that it did not take samples for it, more than it allows, for the rest of a tick.
    public var throttled: UInt64 = 0

  }

  /// Returns how often the kernel did not run each program, by the index of the program in the plan; those that it always ran
  /// are left out.
  public func misses() -> [(programIndex: Int, misses: Misses)] {
    let unhandled = attachments.misses
    let throttled = throttling.counts
    return programs.enumerated().compactMap { index, program -> (programIndex: Int, misses: Misses)? in
      var result = Misses()
      if let statistics = try? program.statistics() { result.nested = statistics.recursionMisses }
      result.unhandled = unhandled[program.descriptor] ?? 0
      result.throttled = throttled[program.descriptor] ?? 0
      return result == Misses() ? nil : (index, result)
    }
  }

}
