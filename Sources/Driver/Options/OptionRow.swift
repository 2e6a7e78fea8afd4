/// An option: what it is called, what help says about it, and what it sets.
struct OptionRow: Sendable {

  /// What using the option does.
  enum Effect: Sendable {

    /// It sets something.
    case flag(@Sendable (inout Options) -> Void)

    /// It sets something to the argument, or says what is wrong with the argument.
    case value(@Sendable (inout Options, String) throws(UsageFault) -> Void)

  }

  /// The names with their dashes, the short one first.
  let names: [String]

  /// What help calls the argument, nil if there is none.
  let argument: String?

  /// What help says, one element a line.
  let help: [String]

  /// What using the option does.
  let effect: Effect

  /// Creates an option without an argument.
  init(_ names: String..., help: String..., flag: @escaping @Sendable (inout Options) -> Void) {
    self.names = names
    self.argument = nil
    self.help = help
    self.effect = .flag(flag)
  }

  /// Creates an option with an argument.
  init(
    _ names: String..., argument: String, help: String...,
    value: @escaping @Sendable (inout Options, String) throws(UsageFault) -> Void
  ) {
    self.names = names
    self.argument = argument
    self.help = help
    self.effect = .value(value)
  }

}

/// Why a command line makes no sense, as a plain sentence.
public struct UsageFault: Error, Equatable, Sendable {

  /// The sentence, in lower case and without a full stop.
  public let message: String

  /// Creates an instance with the given sentence.
  init(_ message: String) { self.message = message }

}
