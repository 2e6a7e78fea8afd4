public import BPF
public import Probes

/// Why a script cannot be loaded, attached or run: the machine's refusal in plain words.
public enum LoadError: Error, Hashable, Sendable {

  /// The process lacks the given capabilities.
  case notPermitted(missing: [String])

  /// The verifier refused a program.
  case refusedByVerifier(VerifierRefusal)

  /// The kernel refused a map with the given name in the object.
  case mapRefused(name: String, SystemError)

  /// A map that someone else made cannot be used, for the reason in the message.
  case foreignMapRefused(String, hint: String?)

  /// The object could not be loaded for another reason, with libbpf's words.
  case objectRefused(SystemError, details: [String])

  /// An attach point was refused.
  case attachRefused(AttachPoint, SystemError, reason: String, hint: String?)

  /// A program could not be run.
  case runRefused(program: String, SystemError)

  /// Maps cannot be pinned.
  case pinRefused(PinFault)

  /// Maps are to be pinned, and none has a name.
  case nothingToPin

  /// The user asked to stop.
  case interrupted

}
