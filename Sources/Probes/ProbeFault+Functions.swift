import Diagnostics
import Kernel
import Syntax

// Faults of functions of the kernel, in alphabetical order.
extension ProbeFault {

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
    _ name: String, _ standing: FunctionStanding, at part: Name, among functions: [KernelFunction]
  ) -> ProbeFault {
    let (message, hint) = explanation(of: standing, for: name, among: functions)
    return ProbeFault(.error(message, at: part.site, hint: hint), isMissing: true)
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
