import BPF
import Glibc
import Probes
import Types

extension Session {

  /// Attaches every program that something in the kernel runs; those that take long begin together.
  ///
  /// When it fails, what is attached is detached by `detach` or when the session ends.
  public mutating func attach() throws(LoadError) {
    setTracing(isOff: true)
    for (i, program) in plan.programs.enumerated() {
      if options.isInterrupted() { throw .interrupted }
      switch program.mechanism {
      case .runAtBegin: break
      case .runAtEnd, .timer, .signal, .test, .benchmark: for _ in program.points { attachments.addPoint() }
      case .kprobeMulti: try attachKprobeMulti(program, handle: programs[i])
      case .kprobeSession: try attachKprobeSession(program, handle: programs[i])
      case .perfKprobe: try attachPerfKprobes(program, handle: programs[i])
      case .uprobeMulti: try attachUprobeMulti(program, handle: programs[i])
      case .perfUprobe: try attachPerfUprobes(program, handle: programs[i])
      case .perfTracepoint: try attachPerfTracepoints(program, handle: programs[i])
      case .perfClock: try attachPerfClocks(program, handle: programs[i])
      case .perfBreakpoint: try attachPerfBreakpoints(program, handle: programs[i])
      case .perfCounter: try attachPerfCounters(program, handle: programs[i])
      case .trampoline: try attachTrampolines(program)
      case .rawTracepoint: try attachRawTracepoints(program)
      case .iterator: try attachIterators(program)
      }
    }
    // Waiting for nothing helps nobody.
    if attachments.pointCount == 0, let lastRefusal { throw lastRefusal }
    setTracing(isOff: false)
  }

  /// Ends tracing: whatever the kernel comes across from now on has no effect.
  ///
  /// What is quickly detached is detached; the rest does nothing until `detach` is done with it. Programs that were running have
  /// ended when this returns, so that what they have counted and what they have sent fits together.
  public mutating func stop() {
    let wereAttached = attachments.fileCount > 0
    setTracing(isOff: true)
    attachments.removeQuick()
    if wereAttached { GracePeriod.pass() }
  }

  /// Tells the programs that look whether they are to do anything.
  private func setTracing(isOff: Bool) {
    globals.storeBytes(of: isOff ? 1 : 0, toByteOffset: GlobalsLayout.tracingIsOff, as: UInt64.self)
  }

  /// Detaches everything. That takes tens of milliseconds for each attach point of a program that `isSlowToDetach`.
  public mutating func detach() { attachments.removeAll() }

  /// The number of attach points that `stop` leaves to `detach`.
  public var slowPointCount: Int { attachments.slowCount }

  /// Leaves `point` out because of `reason` if a wildcard chose it or the settings allow that, else throws.
  mutating func skip(
    _ point: AttachPoint, because reason: String, hint: String? = nil, _ error: SystemError
  ) throws(LoadError) {
    // What has nothing to do with the point is no reason to go on without it.
    let isOfPoint = ![EPERM, EACCES, EMFILE, ENFILE, ENOMEM].contains(error.number)
    let refusal = LoadError.attachRefused(point, error, reason: reason, hint: hint)
    guard point.isChosenByWildcard || plan.missingProbes != .error && isOfPoint else { throw refusal }
    let isWarnedOf = !point.isChosenByWildcard && plan.missingProbes == .warn
    skipped.append(SkippedPoint(point: point, reason: reason, isWarnedOf: isWarnedOf))
    lastRefusal = refusal
  }

  /// Leaves `point` out, whoever chose it, because the program is attached there already.
  mutating func skipDuplicate(_ point: AttachPoint) {
    skipped.append(SkippedPoint(point: point, reason: "the program is attached there already"))
  }

}
