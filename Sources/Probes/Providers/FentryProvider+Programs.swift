import Kernel
import Syntax

/// Functions of BPF programs: `fentry:bpf:name`, `fexit:bpf:12:name`.
extension FentryProvider {

  /// What stands in the place of the module.
  static let programs = "bpf"

  /// Returns the attach points in BPF programs that `spec` denotes.
  func resolveProgram(_ spec: ProbeSpec, on kernel: any KernelView) throws(ProbeFault) -> [AttachPoint] {
    let part = spec.parts[spec.parts.count - 1]
    let number = spec.parts.count == 4 ? spec.parts[2] : nil
    let isPattern = Wildcard.isPattern(part.text) || Wildcard.isPattern(number?.text ?? "")
    let functions = programs(Wildcard(part.text), numbered: number.map { Wildcard($0.text) }, on: kernel)
    if functions.isEmpty {
      throw isPattern
        ? .noMatch(spec) : .unknownProgram(part, among: kernel.programFunctions.map(\.name))
    }
    // Several programs may have the name, and the kernel does not let all of them be traced.
    let isOneOfMany = isPattern || functions.count > 1
    return functions.map { function in
      let target = TracedFunctionTarget(
        function: function.name, program: function.program, typeNumber: function.typeNumber,
        isReturn: isReturn)
      return AttachPoint(
        name: name(of: function), function: function.name, target: .tracedFunction(target),
        isChosenByWildcard: isOneOfMany, site: spec.site)
    }
  }

  /// Returns the functions of BPF programs that match.
  func programs(
    _ wanted: Wildcard, numbered number: Wildcard?, on kernel: any KernelView
  ) -> [ProgramFunction] {
    kernel.programFunctions.filter {
      wanted.matches($0.name) && number?.matches("\($0.program)") ?? true
    }
  }

  /// Returns the full name of the probe on `function`.
  func name(of function: ProgramFunction) -> String {
    "\(names[0]):\(Self.programs):\(function.program):\(function.name)"
  }

}
