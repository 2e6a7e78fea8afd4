import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// `rawtracepoint`: what a tracepoint hands to programs, without a record being made of it.
struct RawTracepointProvider: ProbeProvider {

  /// The names in scripts.
  let names = ["rawtracepoint", "rt"]

  /// What the names of types start with that describe tracepoints.
  private static let prefix = "btf_trace_"

  /// The number of arguments that programs can ask for where the tracepoint's type is not known (`MAX_BPF_FUNC_ARGS` in
  /// `include/linux/bpf.h`).
  private static let greatestArgumentCount = 12

  /// A tracepoint.
  private struct Event {

    /// The name.
    let name: String

    /// The module, nil for the kernel itself.
    let module: String?

    /// The type, nil if it is not known.
    let signature: FunctionSignature?

  }

  /// Returns the attach points that `spec` denotes.
  func resolve(
    _ spec: ProbeSpec, on kernel: any KernelView, settings: Settings
  ) throws(ProbeFault) -> [AttachPoint] {
    guard (2...3).contains(spec.parts.count), spec.parts.dropFirst().allSatisfy({ !$0.text.isEmpty }) else {
      throw .wrongForm(spec, expected: "rawtracepoint:event")
    }
    let part = spec.parts[spec.parts.count - 1]
    let module = spec.parts.count == 3 ? spec.parts[1] : nil
    let isPattern = Wildcard.isPattern(part.text) || Wildcard.isPattern(module?.text ?? "")
    let events: [Event]
    do {
      events =
        isPattern
        ? try self.events(Wildcard(part.text), in: module.map { Wildcard($0.text) }, on: kernel)
        : try self.event(called: part.text, in: module?.text, on: kernel).map { [$0] } ?? []
    } catch {
      throw .kernelFault(error, at: spec)
    }
    if events.isEmpty {
      if isPattern { throw .noMatch(spec) }
      throw .unknownRawTracepoint(part, among: (try? allNames(on: kernel)) ?? [])
    }
    return events.map { event in
      AttachPoint(
        name: fullName(of: event.name, in: event.module, showingModule: module != nil),
        target: .rawTracepoint(
          event: event.name, module: event.module, typeNumber: event.signature?.typeNumber),
        isChosenByWildcard: isPattern, site: spec.site)
    }
  }

  /// Returns what programs find at `point`.
  func context(of point: AttachPoint, on kernel: any KernelView) throws(ProbeFault) -> ProbeContext {
    guard case .rawTracepoint(let event, let module, let typeNumber) = point.target else {
      preconditionFailure("an attach point of another provider")
    }
    guard typeNumber != nil, let signature = kernel.signature(ofTracepoint: event, in: module) else {
      let words = (0..<Self.greatestArgumentCount).map { ContextValue(type: .uint64, offset: 8 * $0) }
      return ProbeContext(programKind: .rawTracepoint, provider: names[0], arguments: words)
    }
    let arguments = TypedArguments(of: signature.parameters)
    return ProbeContext(
      programKind: .typedRawTracepoint, provider: names[0], fields: arguments.fields,
      arguments: arguments.words)
  }

  /// Returns how programs are attached to `point`.
  func mechanism(for point: AttachPoint, on kernel: any KernelView) -> AttachMechanism { .rawTracepoint }

  /// Returns the full names that match `parts`.
  func names(matching parts: [Wildcard], on kernel: any KernelView) throws(KernelFault) -> [String] {
    guard parts.count <= 2 else { return [] }
    let module = parts.count == 2 ? parts[0] : nil
    return try names(parts.last ?? Wildcard("*"), in: module, on: kernel).map {
      fullName(of: $0.name, in: $0.module, showingModule: module != nil)
    }
  }

  /// Returns the declarations of the arguments of the probe `name`.
  func arguments(ofProbe name: String, on kernel: any KernelView) throws(KernelFault) -> [String] {
    let parts = name.split(separator: ":").map(String.init)
    guard parts.count >= 2, let event = parts.last else { return [] }
    let found = try self.event(called: event, in: parts.count == 3 ? parts[1] : nil, on: kernel)
    return found?.signature?.parameters.map(\.declaration) ?? []
  }

  /// Returns the tracepoint `name`, of `module` if that is given; nil if the kernel is known to have none.
  private func event(
    called name: String, in module: String?, on kernel: any KernelView
  ) throws(KernelFault) -> Event? {
    if let module {
      let known = module == KprobeProvider.kernelModule ? nil : module
      guard let signature = kernel.signature(ofTracepoint: name, in: known) else { return nil }
      return Event(name: name, module: known, signature: signature)
    }
    for module in [nil] + kernel.describedModules.map({ $0 }) {
      guard let signature = kernel.signature(ofTracepoint: name, in: module) else { continue }
      return Event(name: name, module: module, signature: signature)
    }
    return try untypedNames(on: kernel).contains(name) ? Event(name: name, module: nil, signature: nil) : nil
  }

  /// Returns the tracepoints that match, each name once; with `module`, once in each module.
  private func events(
    _ wanted: Wildcard, in module: Wildcard?, on kernel: any KernelView
  ) throws(KernelFault) -> [Event] {
    try names(wanted, in: module, on: kernel).map {
      Event(
        name: $0.name, module: $0.module, signature: kernel.signature(ofTracepoint: $0.name, in: $0.module))
    }
  }

  /// Returns the names of the tracepoints that match, sorted, and their modules.
  private func names(
    _ wanted: Wildcard, in module: Wildcard?, on kernel: any KernelView
  ) throws(KernelFault) -> [KernelFunction] {
    var result: [KernelFunction] = []
    for place in [nil] + kernel.describedModules.map({ $0 }) {
      if let module, !module.matches(place ?? KprobeProvider.kernelModule) { continue }
      for name in kernel.describedNames(.typedef, startingWith: Self.prefix, in: place) {
        let name = String(name.dropFirst(Self.prefix.count))
        if wanted.matches(name) { result.append(KernelFunction(name: name, module: place)) }
      }
    }
    if result.isEmpty && module == nil {
      result = try untypedNames(on: kernel).filter { wanted.matches($0) }.map { KernelFunction(name: $0) }
    }
    return result.sorted { ($0.name, $0.module ?? "") < ($1.name, $1.module ?? "") }
  }

  /// Returns the names of all tracepoints.
  private func allNames(on kernel: any KernelView) throws(KernelFault) -> [String] {
    try names(Wildcard("*"), in: nil, on: kernel).map(\.name)
  }

  /// Returns the names of all tracepoints as tracefs has them, sorted.
  ///
  /// Those of system calls are made of two others, `sys_enter` and `sys_exit`.
  private func untypedNames(on kernel: any KernelView) throws(KernelFault) -> [String] {
    var result: Set<String> = []
    for subsystem in try kernel.tracepointSubsystems() where subsystem != "syscalls" {
      result.formUnion(try kernel.tracepoints(in: subsystem))
    }
    return result.sorted()
  }

}
