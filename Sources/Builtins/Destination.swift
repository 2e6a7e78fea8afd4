public import IR

/// Memory that the value of an expression goes to.
///
/// Whoever emits the expression may write the value there and return the place, which saves a copy.
public struct Destination: Hashable, Sendable {

  /// What the memory is.
  public enum Use: Hashable, Sendable {

    /// A field of an event: whatever stands behind a text does not matter.
    case event

    /// A value or a part of one, in which zeros follow a text to its end.
    case value

    /// A value as well, in the key of an element that is made if it is not there: work can wait until it is made.
    case keyOfNewElement

  }

  /// Where it is.
  public let place: Place

  /// What it is.
  public let use: Use

  /// Creates an instance with the given properties.
  public init(_ place: Place, for use: Use) {
    self.place = place
    self.use = use
  }

}
