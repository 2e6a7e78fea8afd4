public import IR

/// A program that the kernel's verifier refused.
public struct VerifierRefusal: Error, Hashable, Sendable {

  /// The name of the program in the object.
  public let program: String

  /// The reason in one line.
  public let summary: String

  /// What to do about it, if that can be said.
  public let hint: String?

  /// The place in the script that the refused instruction comes from, if it is known.
  public let position: IRPosition?

  /// Everything that the verifier said.
  public let log: String

  /// Creates an instance with the given properties.
  public init(program: String, summary: String, hint: String?, position: IRPosition?, log: String) {
    self.program = program
    self.summary = summary
    self.hint = hint
    self.position = position
    self.log = log
  }

}
