import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to one perf event for each tracepoint.
  mutating func attachPerfTracepoints(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    let cpu = CPUs.online()[0]
    for planned in program.points {
      guard case .tracepoint(_, _, let id) = planned.point.target else {
        preconditionFailure("a tracepoint program at something else")
      }
      do {
        let event = try PerfEvent.tracepoint(id, cpu: cpu)
        let link = try Link.attach(handle, to: event, cookie: UInt64(planned.probeIndex))
        attachments.add(link, to: event, isSlow: program.isSlowToDetach)
        attachments.addPoint()
      } catch {
        // The kernel holds a program once for each tracepoint (`bpf_prog_array_copy`, kernel/bpf/core.c).
        if error.number == EEXIST {
          skipDuplicate(planned.point)
          continue
        }
        let reason = tracepointReason(error)
        try skip(planned.point, because: reason.text, hint: reason.hint, error)
      }
    }
  }

}

/// Returns what `error` means for a tracepoint, and what to do about it if that can be said.
private func tracepointReason(_ error: SystemError) -> (text: String, hint: String?) {
  switch error.number {
  case EINVAL where error.call == "bpf_link_create": ("the kernel is older than 5.15", nil)
  case ENOENT, EINVAL: ("the kernel has no such tracepoint any more", nil)
  case EMFILE: ("too many open files", "raise the limit with 'ulimit -n'")
  case EPERM, EACCES: permissionReason(error)
  default: (error.explanation, nil)
  }
}
