import BPF
public import Diagnostics
import Glibc
public import IR
import Probes
import Types

extension LoadError {

  /// What is wrong, in lower case and without a full stop.
  public var message: String {
    switch self {
    case .notPermitted(let missing):
      "tracing needs root, or the \(missing.count == 1 ? "capability" : "capabilities") "
        + missing.joined(separator: " and ")
    case .refusedByVerifier(let refusal):
      "the kernel refused program '\(refusal.program)': \(refusal.summary)"
    case .mapRefused(let name, let error):
      error.number == ENOMEM || error.number == E2BIG
        ? "there is not enough memory for map '\(scriptName(ofMap: name))'"
        : "the kernel refused map '\(scriptName(ofMap: name))': \(error.explanation)"
    case .foreignMapRefused(let message, _): message
    case .objectRefused(let error, _):
      "the kernel refused the compiled script: \(error.explanation)"
    case .attachRefused(let point, _, let reason, _):
      "cannot attach to '\(point.name)': \(reason)"
    case .runRefused(let program, let error):
      "cannot run program '\(program)': \(error.explanation)"
    case .pinRefused(let fault): fault.message
    case .nothingToPin: "there is nothing to pin: the script has no map with a name"
    case .interrupted:
      "interrupted"
    }
  }

  /// What to do about it, if that can be said.
  public var hint: String? {
    switch self {
    case .notPermitted: "run the command with 'sudo'"
    case .refusedByVerifier(let refusal): refusal.hint
    case .mapRefused(_, let error):
      error.number == ENOMEM || error.number == E2BIG ? "set 'max_map_keys' to a smaller number" : nil
    case .foreignMapRefused(_, let hint): hint
    case .objectRefused(_, let details): details.first
    case .attachRefused(_, _, _, let hint): hint
    case .pinRefused(let fault): fault.hint
    case .nothingToPin: "give a map a name, such as '@count' in place of '@'"
    case .runRefused, .interrupted: nil
    }
  }

  /// Returns the place in the script, whose files are `sources`, that the fault comes from, if it is known.
  public func site(in sources: [SourceFile]) -> SourceSpan? {
    switch self {
    case .refusedByVerifier(let refusal): return refusal.position?.site(in: sources)
    case .attachRefused(let point, _, _, _): return point.site
    default: return nil
    }
  }

  /// Everything that the verifier said about a program that it refused.
  public var verifierLog: String? {
    if case .refusedByVerifier(let refusal) = self { refusal.log } else { nil }
  }

}

/// Returns the name in the script of the map that the object calls `name`, that itself if it is none of the script's.
private func scriptName(ofMap name: String) -> String {
  if name == ObjectNames.namelessMap { return "@" }
  return name.contains(".") ? name : "@\(name)"
}

extension IRPosition {

  /// Returns the place in the script, whose files are `sources`, nil if there is none.
  public func site(in sources: [SourceFile]) -> SourceSpan? {
    guard sources.indices.contains(file), end <= sources[file].text.count else { return nil }
    return SourceSpan(sources[file], from: start, to: end)
  }

}
