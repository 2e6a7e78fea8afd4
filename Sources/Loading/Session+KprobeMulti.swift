import BPF
import Glibc
import KernelSymbols
import Probes

extension Session {

  /// A function that one link attaches a program to, with others.
  private struct LinkedFunction {

    /// What the program sees of it.
    let cookie: UInt64

    /// The points that are attached with it: its entry, its return, or both.
    let points: [PlannedPoint]

    /// The name.
    var name: String { points[0].function.function }

  }

  /// Attaches `program` to all functions by one link for the entries and one for the returns.
  ///
  /// The kernel refuses a link as a whole if it refuses one of its functions, so those are found and left out.
  mutating func attachKprobeMulti(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    for isReturn in [false, true] {
      let points = distinct(program.points.filter { $0.function.isReturn == isReturn })
      try attach(
        handle, to: isReturn ? .return : .entry,
        of: points.map { LinkedFunction(cookie: UInt64($0.probeIndex), points: [$0]) })
    }
  }

  /// Attaches `program` to the entries and returns of all functions by one link.
  ///
  /// A function has one cookie: the index of its entry and, in the upper half, that of its return.
  mutating func attachKprobeSession(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    let entries = distinct(program.points.filter { !$0.function.isReturn })
    let returns = distinct(program.points.filter { $0.function.isReturn })
    let returnOf = Dictionary(uniqueKeysWithValues: returns.map { ($0.function.function, $0) })
    try attach(
      handle, to: .both,
      of: entries.map { entry in
        guard let exit = returnOf[entry.function.function] else {
          preconditionFailure("an entry without a return")
        }
        return LinkedFunction(
          cookie: UInt64(entry.probeIndex) | UInt64(exit.probeIndex) << 32, points: [entry, exit])
      })
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

  /// Attaches `handle` to the given part of `functions`, leaving out those that the kernel refuses.
  private mutating func attach(
    _ handle: ProgramHandle, to part: Link.FunctionPart, of functions: [LinkedFunction]
  ) throws(LoadError) {
    if functions.isEmpty { return }
    guard let error = link(handle, to: part, of: functions) else { return }
    // What is refused is refused for itself, not for the company it is in: anything else is not the fault of a function.
    guard [ESRCH, ENOENT, EINVAL, EADDRNOTAVAIL].contains(error.number) else {
      throw kprobeFault(functions[0].points[0].point, error)
    }
    // Most that are refused are not among the kernel's symbols, which is cheaper to find out than by trying.
    var remaining = functions
    if let symbols = SymbolList() {
      let known = symbols.names(among: Set(functions.map(\.name)))
      remaining = []
      for function in functions {
        if known.contains(function.name) {
          remaining.append(function)
        } else {
          try skip(function, because: "the kernel has no such function", error)
        }
      }
      if remaining.isEmpty { return }
    }
    try attachHalves(
      of: remaining, part, to: handle, knownError: remaining.count == functions.count ? error : nil)
  }

  /// Attaches `handle` to the given part of `functions`, halving those that the kernel refuses until what it refuses is single
  /// functions. `knownError` is what it said about all of them, if they were tried.
  private mutating func attachHalves(
    of functions: [LinkedFunction], _ part: Link.FunctionPart, to handle: ProgramHandle,
    knownError: SystemError?
  ) throws(LoadError) {
    if functions.isEmpty { return }
    if options.isInterrupted() { throw .interrupted }
    guard let error = knownError ?? link(handle, to: part, of: functions) else { return }
    if functions.count == 1 {
      let reason = kprobeReason(error)
      try skip(functions[0], because: reason.text, hint: reason.hint, error)
      return
    }
    let middle = functions.count / 2
    try attachHalves(of: Array(functions[..<middle]), part, to: handle, knownError: nil)
    try attachHalves(of: Array(functions[middle...]), part, to: handle, knownError: nil)
  }

  /// Leaves the points of `function` out because of `reason` if a wildcard chose them, else throws.
  private mutating func skip(
    _ function: LinkedFunction, because reason: String, hint: String? = nil, _ error: SystemError
  ) throws(LoadError) {
    for planned in function.points { try skip(planned.point, because: reason, hint: hint, error) }
  }

  /// Attaches `handle` to the given part of `functions` by one link; returns why the kernel refuses, nil if it does not.
  private mutating func link(
    _ handle: ProgramHandle, to part: Link.FunctionPart, of functions: [LinkedFunction]
  ) -> SystemError? {
    do {
      let link = try Link.attach(
        handle, to: part, ofFunctions: functions.map(\.name), cookies: functions.map(\.cookie))
      attachments.add(
        link, pointCount: functions.reduce(0) { $0 + $1.points.count }, missedBy: handle)
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
  case EPERM, EACCES: permissionReason(error)
  case EOPNOTSUPP: ("the kernel cannot do this", nil)
  case EMFILE: ("too many open files", "raise the limit with 'ulimit -n'")
  case E2BIG: ("too many functions at once", nil)
  default: (error.explanation, nil)
  }
}
