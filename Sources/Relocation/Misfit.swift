/// Why a fact about one kernel has no counterpart in another one.
struct Misfit: Error, Hashable, Sendable {

  /// What is wrong, in the manner of a diagnostic.
  let message: String

  /// What to do about it.
  let hint: String?

  /// `true` iff it follows from what is wrong with another fact.
  let isConsequence: Bool

  /// Creates an instance with the given message; the hint is to compile the script for the kernel at hand unless there is a
  /// better one.
  init(
    _ message: String, hint: String? = "build the file on a machine with this kernel",
    isConsequence: Bool = false
  ) {
    self.message = message
    self.hint = hint
    self.isConsequence = isConsequence
  }

}
