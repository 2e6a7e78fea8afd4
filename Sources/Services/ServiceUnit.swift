/// A service of systemd that runs a script.
public struct ServiceUnit: Equatable, Sendable {

  /// As whom a service runs.
  public enum User: Equatable, Sendable {

    /// As a user that exists only as long as the service runs, with the capabilities that it needs.
    case dynamic

    /// As root, with the capabilities that it needs, because of what `reason` says: a plain clause.
    case root(reason: String)

  }

  /// What a service may see of the folders of users: `/home`, `/root` and `/run/user`.
  public enum HomeFolders: String, Sendable {

    /// Nothing.
    case hidden = "yes"

    /// What is in them, unchanged.
    case readable = "read-only"

  }

  /// What the service does, in a few words.
  public var summary: String

  /// The program and its arguments; the program by its full path.
  public var command: [String]

  /// Environment variables and their values.
  public var environment: [(name: String, value: String)] = []

  /// The names of the capabilities that the service gets, nil for all that root has.
  public var capabilities: [String]? = []

  /// As whom it runs.
  public var user = User.dynamic

  /// What it sees of the folders of users.
  public var homeFolders = HomeFolders.hidden

  /// `true` iff it has folders for temporary files of its own.
  public var hasOwnTemporaryFiles = true

  /// The folders that it writes to, besides those that systemd makes for it.
  public var writableFolders: [String] = []

  /// `true` iff it talks to others over the network.
  public var usesNetwork = false

  /// `true` iff it runs commands, of which nobody knows what they need: then nothing is kept from it.
  public var runsCommands = false

  /// Creates a service that runs `command` and does what `summary` says.
  public init(_ summary: String, running command: [String]) {
    self.summary = summary
    self.command = command
  }

  /// `true` iff both are the same service.
  public static func == (a: ServiceUnit, b: ServiceUnit) -> Bool { a.text == b.text }

}
