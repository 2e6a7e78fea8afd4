import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to a breakpoint on each CPU, or on each thread of the process whose memory it is, for each point.
  mutating func attachPerfBreakpoints(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    for planned in program.points {
      guard case .memory(let target) = planned.point.target else {
        preconditionFailure("a watching program at something else")
      }
      try attach(handle, to: planned, scopes: scopes(of: target.process), watching: target.address) {
        scope throws(SystemError) in
        try PerfEvent.breakpoint(
          at: target.address, length: target.length, access: target.access.rawValue, scope: scope)
      } reason: {
        breakpointReason($0)
      }
    }
  }

  /// Ends all watchpoints on `address`.
  public mutating func unwatch(_ address: UInt64) { attachments.removeWatches(on: address) }

}

/// Returns what `error` means for a breakpoint, and what to do about it if that can be said.
private func breakpointReason(_ error: SystemError) -> (text: String, hint: String?) {
  switch error.number {
  case ENOSPC, EBUSY:
    (
      "all of the processor's debug registers are in use",
      "watch fewer places: x86 processors have four debug registers"
    )
  case EINVAL, EOPNOTSUPP, ENOENT, ENODEV: ("the processor cannot watch that", nil)
  case ESRCH: ("there is no such process", nil)
  case EPERM, EACCES: permissionReason(error, otherwise: "the kernel's memory is for root to watch")
  case EMFILE: ("too many open files", "raise the limit with 'ulimit -n'")
  default: (error.explanation, nil)
  }
}
