import Diagnostics
import Kernel
import Syntax

// One function for each fault, in alphabetical order.
extension ProbeFault {

  /// A probe on a bare address without `--unsafe`.
  static func addressIsUnsafe(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "a probe on the address '\(part.text)' is unsafe", at: part.site,
        hint: "give the option '--unsafe' to allow it"))
  }

  /// A parameter that is no number of bytes.
  static func invalidOffset(_ text: String, at part: Name) -> ProbeFault {
    ProbeFault(.error("invalid offset '\(text)'", at: part.site))
  }

  /// A period that is no number, or too large.
  static func invalidPeriod(_ part: Name, of provider: String) -> ProbeFault {
    ProbeFault(
      .error(
        "invalid period '\(part.text)' of a probe of type '\(provider)'", at: part.site,
        hint: "write a whole number with a unit, such as '\(provider):s:1' or '\(provider):500ms'"))
  }

  /// The kernel cannot tell what is asked.
  static func kernelFault(_ fault: KernelFault, at spec: ProbeSpec) -> ProbeFault {
    ProbeFault(.error(fault.message, at: spec.site, hint: fault.hint))
  }

  /// The kernel lacks kprobes.
  static func kprobesMissing(_ spec: ProbeSpec) -> ProbeFault {
    let option = Feature.kprobes.configurationOption ?? ""
    return ProbeFault(
      .error(
        "this kernel has no kprobes: it was built without '\(option)'", at: spec.site,
        hint: "use a tracepoint instead; \"apus -l 'tracepoint:*'\" lists them"), isMissing: true)
  }

  /// A wildcard that matches nothing.
  static func noMatch(_ spec: ProbeSpec) -> ProbeFault {
    ProbeFault(.error("no probe matches '\(spec.text)'", at: spec.site), isMissing: true)
  }

  /// An offset where there can be none.
  static func offsetOfReturn(_ part: Name) -> ProbeFault {
    ProbeFault(.error("a probe on a function's return cannot have an offset", at: part.site))
  }

  /// A frequency that no clock has.
  static func periodTooShort(_ part: Name) -> ProbeFault {
    ProbeFault(.error("'\(part.text)' Hz is more than once a nanosecond", at: part.site))
  }

  /// An unknown event of a known subsystem.
  static func unknownEvent(
    _ event: Name, in subsystem: String, among names: [String]
  ) -> ProbeFault {
    let near = suggestion(for: event.text, among: names, limit: 3)
    return ProbeFault(
      .error("unknown tracepoint '\(subsystem):\(event.text)'\(near)", at: event.site), isMissing: true)
  }

  /// A module that is not loaded.
  static func unknownModule(_ module: Name, among functions: [KernelFunction]) -> ProbeFault {
    let modules = Set(functions.lazy.map { $0.module ?? KprobeProvider.kernelModule })
    let near = suggestion(for: module.text, among: modules.sorted())
    return ProbeFault(
      .error("unknown kernel module '\(module.text)'\(near)", at: module.site), isMissing: true)
  }

  /// A provider that does not exist.
  static func unknownProvider(_ name: Name) -> ProbeFault {
    let near = suggestion(for: name.text, among: ProbeProviders.all.flatMap(\.names))
    return ProbeFault(.error("unknown probe type '\(name.text)'\(near)", at: name.site))
  }

  /// An unknown subsystem of tracepoints.
  static func unknownSubsystem(_ subsystem: Name, among names: [String]) -> ProbeFault {
    let near = suggestion(for: subsystem.text, among: names, limit: 3)
    return ProbeFault(
      .error("unknown tracepoint subsystem '\(subsystem.text)'\(near)", at: subsystem.site),
      isMissing: true)
  }

  /// An unknown unit of time.
  static func unknownUnit(_ unit: Name, of provider: String) -> ProbeFault {
    let units = PeriodUnit.allCases.map(\.rawValue)
    let near = suggestion(for: unit.text, among: units)
    return ProbeFault(
      .error(
        "unknown unit '\(unit.text)' of a probe of type '\(provider)'\(near)", at: unit.site,
        hint: "the units are \(units.map { "'\($0)'" }.joined(separator: ", "))"))
  }

  /// A number of parts that the provider does not take.
  static func wrongForm(_ spec: ProbeSpec, expected form: String) -> ProbeFault {
    ProbeFault(.error("invalid probe '\(spec.text)'", at: spec.site, hint: "write '\(form)'"))
  }

  /// A period of nothing.
  static func zeroPeriod(_ part: Name, of provider: String) -> ProbeFault {
    ProbeFault(
      .error("the period of a probe of type '\(provider)' must be greater than 0", at: part.site))
  }

}

extension ProbeSpec {

  /// The probe as it is written, parameters replaced.
  var text: String { parts.map(\.text).joined(separator: ":") }

}
