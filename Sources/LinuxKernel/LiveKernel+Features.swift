import BPF
import Glibc
import Kernel

extension LiveKernel {

  /// Finds out whether the kernel has `feature`.
  func probe(_ feature: Feature) -> FeatureStatus {
    switch feature {
    case .kprobes: status(ofEventSource: "kprobe")
    case .uprobes: status(ofEventSource: "uprobe")
    case .kprobeMulti: kprobeMultiStatus(.kprobeMulti)
    case .kprobeSession: kprobeMultiStatus(.kprobeSession)
    case .uprobeMulti: uprobeMultiStatus()
    case .tracepoints: status { () throws(SystemError) in _ = try KernelProbe.load(.tracepoint) }
    case .fentry: fentryStatus()
    case .iterators: iteratorStatus()
    case .btf: isAccessible("/sys/kernel/btf/vmlinux", R_OK) ? .available : .missing
    case .ringBuffer: status { () throws(SystemError) in try KernelProbe.createRingBuffer() }
    case .attachCookie:
      // bpf_get_attach_cookie
      status { () throws(SystemError) in _ = try KernelProbe.load(.tracepoint, calling: [174]) }
    case .currentTaskBTF:
      // bpf_get_current_task_btf, followed by a plain load
      status { () throws(SystemError) in
        _ = try KernelProbe.load(.tracepoint, calling: [158], readsResult: true)
      }
    case .atomicTime:
      // bpf_ktime_get_tai_ns
      status { () throws(SystemError) in _ = try KernelProbe.load(.tracepoint, calling: [208]) }
    case .overrideReturn:
      // bpf_override_return, which is there only where kprobes can override
      status { () throws(SystemError) in _ = try KernelProbe.load(.kprobe, calling: [58]) }
    case .writeUser: writeUserStatus()
    case .testRun:
      status { () throws(SystemError) in
        let program = try KernelProbe.load(.rawTracepoint)
        try KernelProbe.run(program)
      }
    }
  }

  /// Returns whether the kernel has an event source with the given name.
  private func status(ofEventSource name: String) -> FeatureStatus {
    let sources = "/sys/bus/event_source/devices"
    if isAccessible("\(sources)/\(name)/type") { return .available }
    return isAccessible(sources) ? .missing : .unknown("'\(sources)' is not there")
  }

  /// Returns whether there are trampolines: a program for a function that every kernel has is loaded, but not attached.
  private func fentryStatus() -> FeatureStatus {
    guard let number = typeNumber(ofFunction: "vfs_read") else { return .missing }
    do {
      try KernelProbe.loadForEntry(ofFunction: UInt32(number))
      return .available
    } catch {
      // Some kernels forbid them even to those who may trace.
      return error.number == EPERM && Capabilities.missingForTracing().isEmpty ? .missing : status(for: error)
    }
  }

  /// Returns whether programs can go through the tasks.
  private func iteratorStatus() -> FeatureStatus {
    hasFunction(named: "bpf_iter_task") ? .available : .missing
  }

  /// Returns whether one link can attach a program of the given kind to many functions.
  private func kprobeMultiStatus(_ kind: KernelProbe.Kind) -> FeatureStatus {
    if self.status(of: .kprobes) == .missing { return .missing }
    do {
      let program = try KernelProbe.load(kind)
      return KernelProbe.canAttachToManyFunctions(program, kind) ? .available : .missing
    } catch {
      return status(for: error)
    }
  }

  /// Returns whether one link can attach a program to many places of a file.
  private func uprobeMultiStatus() -> FeatureStatus {
    if self.status(of: .uprobes) == .missing { return .missing }
    do {
      let program = try KernelProbe.load(.uprobeMulti)
      return KernelProbe.canAttachToManyPlaces(program) ? .available : .missing
    } catch {
      return status(for: error)
    }
  }

  /// Returns whether programs can write to the memory of processes, which a locked down kernel does not let them.
  private func writeUserStatus() -> FeatureStatus {
    do {
      _ = try KernelProbe.load(.tracepoint, calling: [36])
      return .available
    } catch {
      // A kernel that has the helper refuses the arguments, the others refuse the helper.
      return error.number == EACCES ? .available : status(for: error)
    }
  }

  /// Returns whether `attempt` succeeds.
  private func status(_ attempt: () throws(SystemError) -> Void) -> FeatureStatus {
    do {
      try attempt()
      return .available
    } catch {
      return status(for: error)
    }
  }

  /// Returns what the failure of an attempt says: kernels refuse what they do not know as invalid.
  private func status(for error: SystemError) -> FeatureStatus {
    switch error.number {
    case EINVAL, EOPNOTSUPP, EACCES, ENOSYS, E2BIG: .missing
    case EPERM: .unknown("that can be found out as root only")
    default: .unknown(error.description)
    }
  }

}
