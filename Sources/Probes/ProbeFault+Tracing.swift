import Diagnostics
import Kernel
import Syntax

// What can be wrong with probes that need type information; one function for each fault, in alphabetical order.
extension ProbeFault {

  /// The kernel lacks trampolines.
  static func trampolinesMissing(_ spec: ProbeSpec) -> ProbeFault {
    let option = Feature.fentry.configurationOption ?? ""
    return ProbeFault(
      .error(
        "this kernel has no trampolines, which probes of type '\(spec.parts[0].text)' need", at: spec.site,
        hint: "it must be built with '\(option)', and must not forbid them; use a tracepoint instead"),
      isMissing: true)
  }

  /// The kernel lacks type information.
  static func typesMissing(_ spec: ProbeSpec) -> ProbeFault {
    let option = Feature.btf.configurationOption ?? ""
    return ProbeFault(
      .error(
        "probes of type '\(spec.parts[0].text)' need type information (BTF), which this kernel does not have",
        at: spec.site, hint: "it must be built with '\(option)'"), isMissing: true)
  }

  /// An iterator that the kernel lacks.
  static func unknownIterator(_ part: Name, among names: [String]) -> ProbeFault {
    let near = suggestion(for: part.text, among: names)
    return ProbeFault(
      .error(
        "unknown iterator '\(part.text)'\(near)", at: part.site,
        hint: names.isEmpty ? nil : "the iterators are \(names.map { "'\($0)'" }.joined(separator: ", "))"),
      isMissing: true)
  }

  /// A BPF program that is not in the kernel.
  static func unknownProgram(_ part: Name, among names: [String]) -> ProbeFault {
    let near = suggestion(for: part.text, among: names, limit: 3)
    return ProbeFault(
      .error(
        "unknown BPF program '\(part.text)'\(near)", at: part.site,
        hint: "only programs with type information (BTF) are known"), isMissing: true)
  }

  /// A tracepoint that the kernel lacks.
  static func unknownRawTracepoint(_ part: Name, among names: [String]) -> ProbeFault {
    let near = suggestion(for: part.text, among: names, limit: 3)
    return ProbeFault(.error("unknown raw tracepoint '\(part.text)'\(near)", at: part.site), isMissing: true)
  }

  /// A function of which the kernel does not tell the type.
  static func untypedFunction(_ part: Name, inPlaceOfKprobe: Bool = false) -> ProbeFault {
    ProbeFault(
      .error(
        inPlaceOfKprobe
          ? "this kernel has no kprobes, and no type information about '\(part.text)' for other probes"
          : "the kernel has no type information about the function '\(part.text)'",
        at: part.site, hint: inPlaceOfKprobe ? nil : "use a kprobe instead"), isMissing: true)
  }

}
