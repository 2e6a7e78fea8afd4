import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to one perf event for each function.
  ///
  /// One after the other: the kernel registers kprobes under a lock, and threads that wait for it only slow it down. For 367
  /// functions on Linux 6.1, one thread took 4 s and eight took 10 s.
  mutating func attachPerfKprobes(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    guard let source = PerfEvent.kprobeSource() else {
      let error = SystemError(call: "perf_event_open", number: ENODEV)
      throw .attachRefused(
        program.points[0].point, error, reason: "the kernel has no kprobes",
        hint: "it must be built with CONFIG_KPROBES")
    }
    Limits.allowOpenFiles(2 * program.points.count + attachments.fileCount + 64)
    let cpu = CPUs.online()[0]
    for planned in program.points {
      if options.isInterrupted() { throw .interrupted }
      let function = planned.function
      do {
        let event = try PerfEvent.kprobe(
          function: function.address == nil ? function.qualifiedName : nil,
          offset: function.address ?? function.offset, isReturn: function.isReturn, source: source,
          cpu: cpu)
        let link = try Link.attach(handle, to: event, cookie: UInt64(planned.probeIndex))
        attachments.add(link, to: event, isSlow: program.isSlowToDetach, missedBy: handle)
        attachments.addPoint()
      } catch {
        // Without a free file nothing more can be attached, whoever chose it.
        if error.number == EMFILE || error.number == ENFILE { throw kprobeFault(planned.point, error) }
        let reason = kprobeReason(error)
        try skip(planned.point, because: reason.text, hint: reason.hint, error)
      }
    }
  }

}

extension KernelFunctionTarget {

  /// The name by which the kernel finds the function: `MODULE:FUNCTION` where the module is named.
  fileprivate var qualifiedName: String {
    if let module { "\(module):\(function)" } else { function }
  }

}
