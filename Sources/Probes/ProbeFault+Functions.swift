import Diagnostics
import Kernel
import Syntax

// Faults of functions of the kernel, in alphabetical order.
extension ProbeFault {

  /// A function that the kernel has no more.
  private static func former(_ function: FormerFunction, at part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "the kernel function \(fate(of: function))", at: part.site,
        hint: "probe \(successors(of: function)) instead"),
      isMissing: true, isDispensable: true)
  }

  /// Returns what became of `function`.
  private static func fate(of function: FormerFunction) -> String {
    "'\(function.name)' is gone since Linux \(function.endText): \(successors(of: function)) took its place"
  }

  /// Returns what to probe in place of `function`.
  private static func successors(of function: FormerFunction) -> String {
    function.successors.map { "'\($0)'" }.joined(separator: " or ")
  }

  /// A wildcard of names of functions that matches nothing.
  static func noFunction(_ spec: ProbeSpec, matching wanted: Wildcard, on kernel: any KernelView)
    -> ProbeFault
  {
    let former = kernel.formerFunctions { wanted.matches($0) }.prefix(3)
    guard !former.isEmpty else { return .noMatch(spec) }
    return ProbeFault(
      .error(
        "no probe matches '\(spec.text)'", at: spec.site, hint: former.map(fate).joined(separator: "; ")),
      isMissing: true)
  }

  /// A module that is there but not loaded.
  static func unloadedModule(_ module: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "the kernel module '\(module.text)' is not loaded", at: module.site,
        hint: "load it with 'modprobe \(module.text)'"),
      isMissing: true)
  }

  /// A name whose `standing` says that there is no function to be traced.
  static func untraceable(
    _ name: String, _ standing: FunctionStanding, at part: Name, among functions: [KernelFunction],
    on kernel: any KernelView
  ) -> ProbeFault {
    if standing == .unknown {
      if let function = kernel.former(name) { return .former(function, at: part) }
      if let function = kernel.predecessor(of: name) { return .younger(name, than: function, at: part) }
    }
    let (message, hint) = explanation(of: standing, for: name, among: functions)
    return ProbeFault(.error(message, at: part.site, hint: hint), isMissing: true)
  }

  /// A function that kernels have only since a later release, before which `function` did its work.
  private static func younger(_ name: String, than function: FormerFunction, at part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "the kernel function '\(name)' came with Linux \(function.endText), in place of '\(function.name)'",
        at: part.site, hint: "probe '\(function.name)' instead"),
      isMissing: true, isDispensable: true)
  }

  /// Returns what is wrong with the function `name`, and what to do about it.
  private static func explanation(
    of standing: FunctionStanding, for name: String, among functions: [KernelFunction]
  ) -> (message: String, hint: String?) {
    switch standing {
    case .notTraceable:
      return (
        "the kernel function '\(name)' cannot be traced",
        "it is marked 'notrace' or written in assembly; probe one that calls it"
      )
    case .blacklisted:
      return (
        "the kernel function '\(name)' cannot be traced: kprobes are forbidden in it",
        "probe one that calls it"
      )
    case .data:
      return ("'\(name)' is a variable of the kernel, not a function", nil)
    case .variants(let names):
      return (
        "the compiler has made \(names.map { "'\($0)'" }.joined(separator: " and ")) of '\(name)'",
        "probe \(names.count == 1 ? "that" : "those"), but arguments may be missing or in other places"
      )
    case .inUnloadedModule(let module):
      return (
        "the kernel function '\(name)' is in the module '\(module)', which is not loaded",
        "load it with 'modprobe \(module)'"
      )
    case .unknown, .alias, .untold:
      let near = suggestion(for: name, among: functions.lazy.map(\.name), limit: 3)
      return (
        "unknown kernel function '\(name)'\(near)",
        "functions that the compiler has inlined and those of modules that are not loaded are unknown, too"
      )
    }
  }

}
