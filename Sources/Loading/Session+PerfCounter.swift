import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to a perf event on each CPU, or on each thread of the process that it is narrowed to, for each point.
  mutating func attachPerfCounters(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    for planned in program.points {
      guard case .counter(let target) = planned.point.target else {
        preconditionFailure("a counting program at something else")
      }
      let clockPeriod = target.isClock ? target.count : nil
      try attach(
        handle, to: planned, scopes: scopes(of: target.process), clockPeriod: clockPeriod
      ) { scope throws(SystemError) in
        try PerfEvent.counter(
          target.event, isHardware: target.source == .hardware, period: target.count, scope: scope)
      } reason: {
        counterReason($0, target)
      }
    }
  }

  /// Attaches `handle` to an event that `open` makes in each of `scopes`, all or none; `reason` says what a refusal means, and
  /// what to do about it if that can be said. Those that watch an address are found by it; those that come from a clock have a
  /// period of so many nanoseconds.
  mutating func attach(
    _ handle: ProgramHandle, to planned: PlannedPoint, scopes: [EventScope], watching address: UInt64? = nil,
    clockPeriod: UInt64? = nil,
    open: (EventScope) throws(SystemError) -> FileDescriptor,
    reason: (SystemError) -> (text: String, hint: String?)
  ) throws(LoadError) {
    Limits.allowOpenFiles(2 * scopes.count + attachments.fileCount + 64)
    var new = Attachments()
    for scope in scopes {
      do {
        let event = try open(scope)
        let link = try Link.attach(handle, to: event, cookie: UInt64(planned.probeIndex))
        throttling.add(event, of: handle, clockPeriod: clockPeriod)
        try PerfEvent.enable(event)
        new.add(link, to: event)
      } catch {
        // A thread may end at any time.
        if error.number == ESRCH && scopes.count > 1 { continue }
        let (text, hint) = reason(error)
        try skip(planned.point, because: text, hint: hint, error)
        return
      }
    }
    attachments.add(consume new, watching: address)
    attachments.addPoint()
  }

  /// Returns where events of `process`, or of all, are to be looked for.
  func scopes(of process: Int32?) -> [EventScope] {
    process.map { threads(of: $0).map(EventScope.thread) } ?? CPUs.online().map(EventScope.cpu)
  }

}

/// Returns the numbers of the threads of `process`, that of the process itself if they cannot be told.
func threads(of process: Int32) -> [Int32] {
  guard let folder = opendir("/proc/\(process)/task") else { return [process] }
  defer { closedir(folder) }
  var result: [Int32] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    if let number = Int32(name) { result.append(number) }
  }
  return result.isEmpty ? [process] : result
}

/// Returns what `error` means for an event that is counted, and what to do about it.
private func counterReason(_ error: SystemError, _ target: CounterTarget) -> (text: String, hint: String?) {
  switch error.number {
  case ENOENT, EOPNOTSUPP, ENODEV:
    target.source == .hardware
      ? (
        "the processor does not count that, or not for this machine",
        "virtual machines often have no hardware counters; 'software' and 'profile' probes need none"
      ) : ("the kernel does not count that", nil)
  case ESRCH: ("there is no such process", nil)
  case EPERM, EACCES:
    permissionReason(error, otherwise: "run the command with 'sudo'")
  case EBUSY, ENOSPC: ("all counters of the processor are in use", nil)
  case EMFILE: ("too many open files", "raise the limit with 'ulimit -n'")
  default: (error.explanation, nil)
  }
}
