/// How a script is loaded.
public struct LoadOptions {

  /// `true` iff the verifier shall report on programs that it accepts, too.
  public var recordsVerifierLogs = false

  /// The folder in which the maps of the script are pinned by `Session.pinMaps`, nil for none.
  public var pinFolder: String? = nil

  /// `true` iff the plan is another one than the programs were compiled for, which may name other kinds of programs for them,
  /// fewer programs, and more probes.
  public var hasNewPlan = false

  /// Tells whether to give up; asked between steps that may take long.
  public var isInterrupted: () -> Bool = { false }

  /// Creates an instance with the default options.
  public init() {}

}
