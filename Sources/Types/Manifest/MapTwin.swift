/// The second of two kernel maps which take turns in holding the elements of a map that is cleared.
///
/// A word in the variable `globals` says which of them programs use. To clear the map is to turn them to the other one, which is
/// empty; what programs still add to the first one is found there when all that were running then have ended.
public struct MapTwin: Hashable, Codable, Sendable {

  /// What becomes of what programs add to elements that are being cleared.
  public enum Merging: String, Hashable, Codable, Sendable {

    /// It is a sum, and is added to what comes next.
    case sums

    /// It is what comes next, unless something newer or more extreme does.
    case latest

    /// It goes with the element: programs remove elements themselves, or nobody can tell.
    case none

  }

  /// The offset of a 64-bit word in the variable `globals` that is 0 while programs use the first map, 1 while they use the
  /// second one.
  public let selectorOffset: Int

  /// The name of the second map in the object.
  public let objectName: String

  /// What becomes of what is added meanwhile.
  public let merging: Merging

  /// Creates an instance with the given properties.
  public init(selectorOffset: Int, objectName: String, merging: Merging) {
    self.selectorOffset = selectorOffset
    self.objectName = objectName
    self.merging = merging
  }

}

extension MapDescription {

  /// The map whose elements the second of two kernel maps holds, nil if there is only one.
  public var second: MapDescription? {
    guard let twin else { return nil }
    var result = self
    result.objectName = twin.objectName
    return result
  }

}
