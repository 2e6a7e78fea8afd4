import BPF
import Glibc
import Probes

extension Session {

  /// Attaches `program` to the functions that it was loaded for.
  mutating func attachTrampolines(_ program: PlannedProgram) throws(LoadError) {
    guard let kind = program.kind.tracing else { preconditionFailure("a program of another kind") }
    Limits.allowOpenFiles(2 * program.points.count + attachments.fileCount + 64)
    for (index, planned) in program.points.enumerated() {
      if options.isInterrupted() { throw .interrupted }
      do {
        let handle = try object.handle(of: program, forTarget: index)
        let link = try Link.attach(handle, as: kind, cookie: UInt64(planned.probeIndex))
        attachments.add(link, isSlow: program.isSlowToDetach)
        attachments.addPoint()
      } catch {
        let reason = trampolineReason(error)
        try skip(planned.point, because: reason.text, hint: reason.hint, error)
      }
    }
  }

  /// Attaches `program` to raw tracepoints.
  mutating func attachRawTracepoints(_ program: PlannedProgram) throws(LoadError) {
    for (index, planned) in program.points.enumerated() {
      guard case .rawTracepoint(let event, _, _) = planned.point.target else {
        preconditionFailure("a program for raw tracepoints at something else")
      }
      do {
        let handle = try object.handle(of: program, forTarget: index)
        if let kind = program.kind.tracing {
          attachments.add(try Link.attach(handle, as: kind), pointCount: 1)
        } else {
          attachments.add(try Link.attach(handle, toRawTracepoint: event), pointCount: 1)
        }
      } catch {
        try skip(planned.point, because: rawTracepointReason(error), error)
      }
    }
  }

  /// Makes the iterators of `program`: those that are pinned stay, the others are read later.
  mutating func attachIterators(_ program: PlannedProgram) throws(LoadError) {
    for (index, planned) in program.points.enumerated() {
      guard case .iterator(let target) = planned.point.target else {
        preconditionFailure("a program for iterators at something else")
      }
      do {
        let handle = try object.handle(of: program, forTarget: index)
        let link = try Link.attach(handle, toIterator: target.scope)
        if let pin = target.pin {
          try Link.pin(link, to: pin)
          pins.append(pin)
          attachments.add(link, pointCount: 1)
        } else {
          let file = try Link.open(iterator: link)
          iterators.append(file.number)
          attachments.add(link, to: file)
          attachments.addPoint()
        }
      } catch {
        let reason = iteratorReason(error, target)
        throw .attachRefused(planned.point, error, reason: reason.text, hint: reason.hint)
      }
    }
  }

}

extension IteratorTarget {

  /// What the iterator is narrowed to, or must be told.
  fileprivate var scope: Link.IteratorScope {
    if name == "cgroup" { return .allControlGroups }
    return process.map { name.hasPrefix("task") ? .process($0) : .everything } ?? .everything
  }

}

extension LoadedObject {

  /// Returns the program that was loaded for the point of `program` with the given index.
  fileprivate func handle(
    of program: PlannedProgram, forTarget index: Int
  ) throws(SystemError) -> ProgramHandle {
    switch outcome(ofProgram: program.name, forTarget: index) {
    case .loaded(let handle): return handle
    case .refused(let error): throw error
    }
  }

}

/// Returns what `error` means for a function, and what to do about it if that can be said.
private func trampolineReason(_ error: SystemError) -> (text: String, hint: String?) {
  switch (error.call, error.number) {
  case ("bpf_prog_load", EINVAL), ("bpf_prog_load", EPERM), ("bpf_prog_load", EACCES):
    ("the kernel does not allow a trampoline there", "try a kprobe")
  case (_, ENOENT): ("the kernel has no such function, or it is not one that can be traced", nil)
  case (_, EBUSY): ("the function is not one that can be traced, or is traced in another way", "try a kprobe")
  case (_, E2BIG): ("there are more programs on the function than the kernel allows", nil)
  case (_, ENOTSUP), (_, 524): ("the kernel has no trampolines", "try a kprobe or a tracepoint")
  case (_, EMFILE): ("too many open files", "raise the limit with 'ulimit -n'")
  default: (error.explanation, nil)
  }
}

/// Returns what `error` means for a raw tracepoint.
private func rawTracepointReason(_ error: SystemError) -> String {
  switch error.number {
  case ENOENT: "the kernel has no such tracepoint"
  case EINVAL: "the program uses more arguments than the tracepoint has"
  default: error.explanation
  }
}

/// Returns what `error` means for an iterator, and what to do about it if that can be said.
private func iteratorReason(_ error: SystemError, _ target: IteratorTarget) -> (text: String, hint: String?) {
  switch (error.call, error.number) {
  case ("bpf_obj_pin", EEXIST):
    ("there is a file '\(target.pin ?? "")' already", "remove it, or use another name")
  case ("bpf_obj_pin", EPERM), ("bpf_obj_pin", EINVAL):
    ("'\(target.pin ?? "")' is in no BPF file system", "pin below '/sys/fs/bpf'")
  case ("bpf_obj_pin", ENOENT): ("there is no directory for '\(target.pin ?? "")'", nil)
  case (_, ENOENT), (_, EINVAL): ("the kernel has no such iterator, or it needs a map", nil)
  default: (error.explanation, nil)
  }
}
