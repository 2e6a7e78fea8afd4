import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// `tracepoint`: a place that the kernel's programmers marked.
struct TracepointProvider: ProbeProvider {

  /// The names in scripts.
  let names = ["tracepoint", "t"]

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard spec.parts.count == 3, spec.parts.allSatisfy({ !$0.text.isEmpty }) else {
      throw .wrongForm(spec, expected: "tracepoint:subsystem:event")
    }
    do {
      return try attachPoints(spec, on: kernel).get()
    } catch let fault as KernelFault {
      throw .kernelFault(fault, at: spec)
    } catch let fault as ProbeFault {
      throw fault
    } catch {
      preconditionFailure("an error that nothing throws")
    }
  }

  /// Returns the attach points that `spec` denotes or what is wrong with it.
  private func attachPoints(
    _ spec: ProbeSpec, on kernel: any KernelView
  ) throws(KernelFault) -> Result<[AttachPoint], ProbeFault> {
    let (subsystem, event) = (spec.parts[1], spec.parts[2])
    let isPattern = Wildcard.isPattern(subsystem.text) || Wildcard.isPattern(event.text)
    var points: [AttachPoint] = []
    for (s, e) in try tracepoints(
      subsystem: Wildcard(subsystem.text), event: Wildcard(event.text), on: kernel)
    {
      guard let format = try kernel.format(ofTracepoint: e, in: s) else { continue }
      points.append(
        AttachPoint(
          name: "tracepoint:\(s):\(e)", target: .tracepoint(subsystem: s, event: e, id: format.id),
          isChosenByWildcard: isPattern, site: spec.site))
    }
    if !points.isEmpty { return .success(points) }
    if isPattern { return .failure(.noMatch(spec)) }
    let subsystems = try kernel.tracepointSubsystems()
    guard subsystems.contains(subsystem.text) else {
      return .failure(.unknownSubsystem(subsystem, among: subsystems))
    }
    let events = try kernel.tracepoints(in: subsystem.text)
    return .failure(.unknownEvent(event, in: subsystem.text, among: events))
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    guard case .tracepoint(let subsystem, let event, _) = point.target else {
      preconditionFailure("an attach point of another provider")
    }
    let format: TracepointFormat?
    do {
      format = try kernel.format(ofTracepoint: event, in: subsystem)
    } catch {
      throw ProbeFault(.error(error.message, at: point.site, hint: error.hint))
    }
    // The pointers that a system call is given are its caller's.
    let isSystemCall = subsystem == "syscalls" && event.hasPrefix("sys_enter_")
    let space: AddressSpace = isSystemCall ? .user : .kernel
    return ProbeContext(
      programKind: .tracepoint, provider: names[0],
      fields: (format?.fields ?? []).map { ContextField($0, addressSpace: space) },
      addressSpace: space, hasCookie: kernel.mayHaveCookies)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .perfTracepoint }

  /// Returns the full names that match `parts`.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard parts.count <= 2 else { return [] }
    let any = Wildcard("*")
    return try tracepoints(
      subsystem: parts.first ?? any, event: parts.count == 2 ? parts[1] : any, on: kernel
    ).map { "tracepoint:\($0):\($1)" }
  }

  /// Returns the declarations of the fields of the tracepoint `name`.
  func arguments(ofProbe name: String, on kernel: any KernelView) throws(KernelFault) -> [String] {
    let parts = name.split(separator: ":").map(String.init)
    guard parts.count == 3 else { return [] }
    return try kernel.format(ofTracepoint: parts[2], in: parts[1])?.fields.map(\.declaration) ?? []
  }

  /// Returns the subsystems and events that match, sorted; a name that is no pattern is looked up, not searched.
  private func tracepoints(
    subsystem: Wildcard, event: Wildcard, on kernel: any KernelView
  ) throws(KernelFault) -> [(String, String)] {
    if !subsystem.isPattern && !event.isPattern {
      let isThere = try kernel.format(ofTracepoint: event.text, in: subsystem.text) != nil
      return isThere ? [(subsystem.text, event.text)] : []
    }
    var result: [(String, String)] = []
    let subsystems = subsystem.isPattern ? try kernel.tracepointSubsystems() : [subsystem.text]
    for s in subsystems where subsystem.matches(s) {
      for e in try kernel.tracepoints(in: s) where event.matches(e) { result.append((s, e)) }
    }
    return result
  }

}

extension ContextField {

  /// Creates the context's view of `field`, whose pointers point into `addressSpace`.
  fileprivate init(_ field: TracepointFormat.Field, addressSpace: AddressSpace) {
    let type: Type
    if field.isDataLocation {
      let element: Type =
        switch field.type {
        case .array(let element, _): element
        case .string: .integer(IntegerType(width: 8, isSigned: true))
        case .pointer(let element, _): element
        default: field.type
        }
      type = .pointer(to: element, .kernel)
    } else {
      switch field.type {
      case .pointer(let pointee, _): type = .pointer(to: pointee, addressSpace)
      case .array(.integer(let element), let count) where element.width == 8 && element.isSigned:
        type = .string(capacity: count)
      default: type = field.type
      }
    }
    self.init(
      name: field.name, value: ContextValue(type: type, offset: field.offset),
      isDataLocation: field.isDataLocation, declaration: field.declaration)
  }

}
