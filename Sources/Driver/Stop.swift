/// Why a run ends before tracing.
struct Stop: Error, Equatable {

  /// A plain sentence, in lower case and without a full stop; empty if nothing is left to say.
  let message: String

  /// What to do about it, if that can be said.
  let hint: String?

  /// Further lines that help, such as how a tool is called, each with its end; empty if there are none.
  let details: String

  /// The exit status.
  let status: Int32

  /// Creates an instance with the given properties.
  init(_ message: String, hint: String? = nil, details: String = "", status: Int32 = 1) {
    self.message = message
    self.hint = hint
    self.details = details
    self.status = status
  }

  /// The end of a run whose diagnostics say why.
  static let reported = Stop("")

  /// The end of a run that has done what it was to do, or that the user interrupted before it traced anything.
  static let done = Stop("", status: 0)

}
