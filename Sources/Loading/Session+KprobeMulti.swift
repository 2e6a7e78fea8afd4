import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to all functions by one link for the entries and one for the returns.
  ///
  /// The kernel refuses a link as a whole if it refuses one of its functions, so those are found and left out.
  mutating func attachKprobeMulti(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    for isReturn in [false, true] {
      let points = program.points.filter { $0.function.isReturn == isReturn }
      try attach(handle, toFunctionsOf: distinct(points), isReturn: isReturn)
    }
  }

  /// Returns `points` without those whose function is another one's, because one link can hold a function once only.
  private mutating func distinct(_ points: [PlannedPoint]) -> [PlannedPoint] {
    var names: Set<String> = []
    var result: [PlannedPoint] = []
    for planned in points {
      if names.insert(planned.function.function).inserted {
        result.append(planned)
      } else {
        skipDuplicate(planned.point)
      }
    }
    return result
  }

  /// Attaches `handle` to the functions of `points`, leaving out those that the kernel refuses.
  private mutating func attach(
    _ handle: ProgramHandle, toFunctionsOf points: [PlannedPoint], isReturn: Bool
  ) throws(LoadError) {
    if points.isEmpty { return }
    guard let error = link(handle, toFunctionsOf: points, isReturn: isReturn) else { return }
    // What is refused is refused for itself, not for the company it is in: anything else is not the fault of a function.
    guard [ESRCH, ENOENT, EINVAL, EADDRNOTAVAIL].contains(error.number) else {
      throw kprobeFault(points[0].point, error)
    }
    // Most that are refused are not among the kernel's symbols, which is cheaper to find out than by trying.
    var remaining = points
    if let known = KernelSymbols.names(among: Set(points.map(\.function.function))) {
      remaining = []
      for planned in points {
        if known.contains(planned.function.function) {
          remaining.append(planned)
        } else {
          try skip(planned.point, because: "the kernel has no such function", error)
        }
      }
      if remaining.isEmpty { return }
    }
    try attachHalves(
      of: remaining, to: handle, isReturn: isReturn, knownError: remaining.count == points.count ? error : nil
    )
  }

  /// Attaches `handle` to the functions of `points`, halving those that the kernel refuses until what it refuses is single
  /// functions. `knownError` is what it said about all of them, if they were tried.
  private mutating func attachHalves(
    of points: [PlannedPoint], to handle: ProgramHandle, isReturn: Bool, knownError: SystemError?
  ) throws(LoadError) {
    if points.isEmpty { return }
    if options.isInterrupted() { throw .interrupted }
    guard let error = knownError ?? link(handle, toFunctionsOf: points, isReturn: isReturn) else { return }
    if points.count == 1 {
      let reason = kprobeReason(error)
      try skip(points[0].point, because: reason.text, hint: reason.hint, error)
      return
    }
    let middle = points.count / 2
    try attachHalves(of: Array(points[..<middle]), to: handle, isReturn: isReturn, knownError: nil)
    try attachHalves(of: Array(points[middle...]), to: handle, isReturn: isReturn, knownError: nil)
  }

  /// Attaches `handle` to the functions of `points` by one link; returns why the kernel refuses, nil if it does not.
  private mutating func link(
    _ handle: ProgramHandle, toFunctionsOf points: [PlannedPoint], isReturn: Bool
  ) -> SystemError? {
    do {
      let link = try Link.attach(
        handle, toFunctions: points.map(\.function.function),
        cookies: points.map { UInt64($0.probeIndex) }, isReturn: isReturn)
      attachments.add(link, pointCount: points.count)
      return nil
    } catch {
      return error
    }
  }

}

extension PlannedPoint {

  /// The function that the point is in.
  ///
  /// - Requires: the point is in a kernel function.
  var function: KernelFunctionTarget {
    guard case .kernelFunction(let target) = point.target else {
      preconditionFailure("a kprobe program at something else")
    }
    return target
  }

}

/// Returns what `error` means for all functions of a program.
func kprobeFault(_ point: AttachPoint, _ error: SystemError) -> LoadError {
  let reason = kprobeReason(error)
  return .attachRefused(point, error, reason: reason.text, hint: reason.hint)
}

/// Returns what `error` means for a function, and what to do about it if that can be said.
func kprobeReason(_ error: SystemError) -> (text: String, hint: String?) {
  switch error.number {
  case ENOENT, ESRCH: ("the kernel has no such function, or it is not one that can be traced", nil)
  case EADDRNOTAVAIL:
    ("the kernel has several functions of this name", "name the module: 'kprobe:MODULE:FUNCTION'")
  case EINVAL: ("the kernel does not allow a probe there", nil)
  case EILSEQ: ("there is no instruction that starts there", nil)
  case EPERM, EACCES: ("it is not permitted", "the kernel may be locked down")
  case EOPNOTSUPP: ("the kernel cannot do this", nil)
  case EMFILE: ("too many open files", "raise the limit with 'ulimit -n'")
  case E2BIG: ("too many functions at once", nil)
  default: (error.explanation, nil)
  }
}
