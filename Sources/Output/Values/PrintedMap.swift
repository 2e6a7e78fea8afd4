public import Types

/// What a script printed of one of its maps at one moment.
public struct PrintedMap: Hashable, Sendable {

  /// What is known about the map.
  public let description: MapDescription

  /// What was printed, in the order in which it was, not divided by anything.
  public let contents: MapContents

  /// What the numbers were divided by, at least 1.
  public let divisor: Int

  /// `true` iff the map had no other elements.
  public let isWhole: Bool

  /// `true` iff the elements were removed, or set to zero, in the same step in which they were read.
  public let isReset: Bool

  /// Creates an instance with the given properties.
  public init(
    _ description: MapDescription, _ contents: MapContents, divisor: Int = 1, isWhole: Bool = true,
    isReset: Bool = false
  ) {
    self.description = description
    self.contents = contents
    self.divisor = max(1, divisor)
    self.isWhole = isWhole
    self.isReset = isReset
  }

}
