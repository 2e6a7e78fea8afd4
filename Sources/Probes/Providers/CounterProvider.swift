import IR
import Kernel
import Syntax
import Types

/// `software` and `hardware`: whenever so many events have been counted on a CPU.
struct CounterProvider: ProbeProvider {

  /// Who counts.
  let source: CounterTarget.Source

  /// The names in scripts.
  var names: [String] { [source.rawValue, source == .software ? "s" : "h"] }

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard (2...3).contains(spec.parts.count), !spec.parts[1].text.isEmpty else {
      throw .wrongForm(spec, expected: "\(names[0]):\(CounterEvent.all(of: source)[0].names[0]):1000")
    }
    let part = spec.parts[1]
    let count = try count(of: spec)
    let wanted = Wildcard(part.text)
    let known = CounterEvent.all(of: source)
    let events = known.filter { $0.names.contains(where: wanted.matches) }
    if events.isEmpty {
      throw wanted.isPattern ? .noMatch(spec) : .unknownCounter(part, of: names[0], among: known)
    }
    return events.map { event in
      let target = CounterTarget(
        source: source, event: event.number, count: count ?? event.usualCount, process: settings.targetPID)
      let name = wanted.isPattern ? event.names[0] : part.text
      return AttachPoint(
        name: "\(names[0]):\(name):\(count.map { "\($0)" } ?? "")", target: .counter(target),
        isChosenByWildcard: wanted.isPattern, site: spec.site)
    }
  }

  /// Returns the number of events that `spec` asks for, nil if it leaves that open.
  private func count(of spec: ProbeSpec) throws(ProbeFault) -> UInt64? {
    guard spec.parts.count == 3, !spec.parts[2].text.isEmpty else { return nil }
    // The kernel takes counts as signed numbers.
    guard let count = wholeNumber(spec.parts[2].text), count > 0, count <= UInt64(Int64.max) else {
      throw .invalidCount(spec.parts[2], of: names[0])
    }
    return count
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    ProbeContext(
      programKind: .perfEvent, provider: names[0],
      hasCookie: kernel.mayHaveCookies && !point.target.isInherited)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .perfCounter }

  /// Returns the full names that match `parts`.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard parts.count <= 2 else { return [] }
    return CounterEvent.all(of: source)
      .filter { event in parts.first.map { event.names.contains(where: $0.matches) } ?? true }
      .map { "\(names[0]):\($0.names[0]):" }
  }

}

extension AttachTarget {

  /// `true` iff the kernel makes events of its own for new threads of the process that the target is narrowed to.
  ///
  /// Those have the program but not its cookie (`inherit_event` in `kernel/events/core.c`).
  var isInherited: Bool {
    switch self {
    case .counter(let target): target.process != nil
    case .memory(let target): target.process != nil
    default: false
    }
  }

}
