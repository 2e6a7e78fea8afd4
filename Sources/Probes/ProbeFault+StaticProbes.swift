import Diagnostics
import Kernel
import Syntax

// One function for each fault of probes on marked places, in alphabetical order.
extension ProbeFault {

  /// A file in which nothing is marked.
  static func noStaticProbes(in binary: TargetBinary, at part: Name) -> ProbeFault {
    ProbeFault(
      .error(
        "'\(binary.path)' has no USDT probes", at: part.site,
        hint: "its programmers marked none, or it was built without them; its functions can have uprobes"),
      isMissing: true)
  }

  /// A namespace that the file does not have.
  static func unknownNamespace(
    _ namespace: Name, in binary: TargetBinary, among names: [String]
  ) -> ProbeFault {
    ProbeFault(
      .error(
        "'\(binary.path)' has no USDT probes of the namespace '\(namespace.text)'\(suggestion(for: namespace.text, among: names))",
        at: namespace.site,
        hint: "it has those of \(names.prefix(5).map { "'\($0)'" }.joined(separator: ", "))"),
      isMissing: true)
  }

  /// A probe that the file does not have.
  static func unknownStaticProbe(_ name: Name, in binary: TargetBinary, among names: [String]) -> ProbeFault {
    ProbeFault(
      .error(
        "'\(binary.path)' has no USDT probe '\(name.text)'\(suggestion(for: name.text, among: names, limit: 3))",
        at: name.site, hint: "\"apus -l 'usdt:\(binary.path):*'\" lists those that it has"),
      isMissing: true)
  }

}
