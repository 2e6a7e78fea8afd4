/// What a running script holds at one moment, for those who look at it from outside.
public struct Snapshot: Hashable, Sendable {

  /// A program of the script, and what the kernel has counted about it.
  public struct Program: Hashable, Sendable {

    /// The probe, or the first of several and how many more there are.
    public let title: String

    /// How often it has run.
    public let runCount: UInt64

    /// The time that took in nanoseconds.
    public let runTime: UInt64

    /// Creates an instance with the given properties.
    public init(title: String, runCount: UInt64, runTime: UInt64) {
      self.title = title
      self.runCount = runCount
      self.runTime = runTime
    }

  }

  /// The maps that are shown, by index in the manifest.
  public var maps: [Int: MapContents] = [:]

  /// Why the kernel did not let maps that are shown be read, by index.
  public var unreadableMaps: [Int: String] = [:]

  /// What was lost until now, each cause once, with its total; 0 for what could have been lost and was not.
  public var losses: [Loss] = []

  /// The programs, in the order of the plan; empty if the kernel does not count what they do.
  public var programs: [Program] = []

  /// The number of attach points.
  public var attachedCount = 0

  /// The number of events that came from programs.
  public var eventCount: UInt64 = 0

  /// Creates an instance that holds nothing.
  public init() {}

}
