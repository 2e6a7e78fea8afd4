import BPF
import Binaries
import Glibc
import Kernel
import Probes

extension Session {

  /// Attaches `program` to all places of each file by one link for the places and one for the returns.
  ///
  /// The kernel refuses a link as a whole if it refuses one of its places, so those are found and left out.
  mutating func attachUprobeMulti(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    var groups: [UprobeGroup: [PlannedPoint]] = [:]
    var order: [UprobeGroup] = []
    for planned in program.points {
      let group = UprobeGroup(planned.userCode)
      if groups[group] == nil { order.append(group) }
      groups[group, default: []].append(planned)
    }
    for group in order {
      let points = groups[group] ?? []
      let file = try openedFile(group.binary, of: points[0].point)
      try attach(handle, to: points, of: group, in: file)
    }
  }

  /// Attaches `handle` to `points`, halving those that the kernel refuses until what it refuses is single places.
  private mutating func attach(
    _ handle: ProgramHandle, to points: [PlannedPoint], of group: UprobeGroup, in file: borrowing ProbedFile
  ) throws(LoadError) {
    if options.isInterrupted() { throw .interrupted }
    let semaphores = points.map(\.userCode.semaphoreOffset)
    do {
      let link = try Link.attach(
        handle, toFile: file.path, offsets: points.map(\.userCode.offset),
        semaphores: semaphores.contains { $0 != 0 } ? semaphores : [],
        cookies: points.map { UInt64($0.probeIndex) }, isReturn: group.isReturn, process: group.process)
      attachments.add(link, pointCount: points.count)
      return
    } catch {
      if points.count == 1 || [EMFILE, ENFILE, EPERM, EACCES, ESRCH].contains(error.number) {
        let reason = uprobeReason(error)
        try skip(points[0].point, because: reason.text, hint: reason.hint, error)
        return
      }
    }
    let middle = points.count / 2
    try attach(handle, to: Array(points[..<middle]), of: group, in: file)
    try attach(handle, to: Array(points[middle...]), of: group, in: file)
  }

  /// Attaches `program` to one perf event for each place.
  mutating func attachPerfUprobes(
    _ program: PlannedProgram, handle: ProgramHandle
  ) throws(LoadError) {
    guard let source = PerfEvent.uprobeSource() else {
      let error = SystemError(call: "perf_event_open", number: ENODEV)
      throw .attachRefused(
        program.points[0].point, error, reason: "the kernel has no uprobes",
        hint: "it must be built with CONFIG_UPROBES")
    }
    Limits.allowOpenFiles(2 * program.points.count + attachments.fileCount + 64)
    for planned in program.points {
      if options.isInterrupted() { throw .interrupted }
      let target = planned.userCode
      let file = try openedFile(target.binary, of: planned.point)
      do {
        let event = try PerfEvent.uprobe(
          path: file.path, offset: target.offset,
          semaphore: UInt32(truncatingIfNeeded: target.semaphoreOffset),
          isReturn: target.isReturn, process: target.process, source: source)
        let link = try Link.attach(handle, to: event, cookie: UInt64(planned.probeIndex))
        attachments.add(link, to: event, isSlow: program.isSlowToDetach)
        attachments.addPoint()
      } catch {
        let reason = uprobeReason(error)
        // Without a free file nothing more can be attached, whoever chose it.
        if error.number == EMFILE || error.number == ENFILE {
          throw .attachRefused(planned.point, error, reason: reason.text, hint: reason.hint)
        }
        try skip(planned.point, because: reason.text, hint: reason.hint, error)
      }
    }
  }

  /// Returns the file at the place that `binary` tells, in which `point` is.
  private func openedFile(_ binary: TargetBinary, of point: AttachPoint) throws(LoadError) -> ProbedFile {
    do {
      return try ProbedFile(binary)
    } catch {
      throw .attachRefused(point, error, reason: error.explanation, hint: nil)
    }
  }

}

/// A file by a name that the kernel finds.
private struct ProbedFile: ~Copyable {

  /// The name.
  let path: String

  /// The open file that the name leads to, if it does.
  private let descriptor: FileDescriptor?

  /// Finds the file at the place that `binary` tells. In another root, an open file is the only name that leads to it whatever
  /// symbolic links there are on the way.
  init(_ binary: TargetBinary) throws(SystemError) {
    guard let root = binary.root else {
      path = binary.path
      descriptor = nil
      return
    }
    do {
      let number = try BinaryFile.open(binary.path, inRootOf: root)
      path = "/proc/self/fd/\(number)"
      descriptor = FileDescriptor(owning: number)
    } catch {
      guard case .unreadable(let number) = error else { throw SystemError(call: "openat2", number: EINVAL) }
      throw SystemError(call: "openat2", number: number)
    }
  }

}

/// What places have in common that one link can hold.
private struct UprobeGroup: Hashable {

  /// The file.
  let binary: TargetBinary

  /// The process that alone is probed, nil for all.
  let process: Int32?

  /// `true` iff the probes are on returns.
  let isReturn: Bool

  /// Creates the group that `target` belongs to.
  init(_ target: UserCodeTarget) {
    binary = target.binary
    process = target.process
    isReturn = target.isReturn
  }

}

extension PlannedPoint {

  /// The place in a program or library.
  ///
  /// - Requires: the point is in one.
  fileprivate var userCode: UserCodeTarget {
    guard case .userCode(let target) = point.target else {
      preconditionFailure("a uprobe program at something else")
    }
    return target
  }

}

/// Returns what `error` means for a place in a program or library, and what to do about it if that can be said.
private func uprobeReason(_ error: SystemError) -> (text: String, hint: String?) {
  switch error.number {
  case ENOENT: ("the file is not there any more", nil)
  case EBADF: ("it is not a regular file", nil)
  case ESRCH: ("the process has ended", nil)
  case EINVAL where error.call == "bpf_link_create": ("the kernel does not allow a probe there", nil)
  case EINVAL: ("the kernel does not allow a probe there: its file system may not keep files in memory", nil)
  // Within the kernel, ENOTSUPP is another number than ENOTSUP.
  case ENOTSUP, 524: ("the kernel cannot probe the instruction that is there", nil)
  case EPERM, EACCES: permissionReason(error)
  case EMFILE, ENFILE: ("too many open files", "raise the limit with 'ulimit -n'")
  default: (error.explanation, nil)
  }
}
