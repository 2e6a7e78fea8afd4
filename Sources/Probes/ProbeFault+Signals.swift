import Diagnostics
import Syntax
import Types

// One function for each fault of probes on signals, in alphabetical order.
extension ProbeFault {

  /// A signal that does not exist.
  static func unknownSignal(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "unknown signal '\(part.text)'\(suggestion(for: part.text, among: SignalNames.all))", at: part.site))
  }

  /// A signal that has another meaning for the tracing process.
  static func unusableSignal(_ part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "there can be no probe on the signal '\(part.text)', which ends tracing or the process",
        at: part.site, hint: "SIGUSR1 and SIGUSR2 are free to use"))
  }

}
