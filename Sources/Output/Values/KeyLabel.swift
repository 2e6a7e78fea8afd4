public import Types

/// A label that a part of a map's key becomes.
public struct KeyLabel: Hashable, Sendable {

  /// The name.
  public let name: String

  /// Where the part is: its index in the key, and then in tuples and records.
  public let path: [Int]

  /// Creates an instance with the given properties.
  public init(name: String, path: [Int]) {
    self.name = name
    self.path = path
  }

  /// Returns the labels of a key whose parts have the given types: the members of records, and of structures in `types`, by their
  /// names, all other parts by their positions.
  public static func all(for key: [Type], knowing types: TypeTable = TypeTable()) -> [KeyLabel] {
    // `@[(a, b)]` is the same as `@[a, b]`.
    if key.count == 1, case .tuple(let parts) = key[0] { return labels(for: parts, at: [0], knowing: types) }
    return labels(for: key, at: [], knowing: types)
  }

  /// The number of records and structures in one another of which the names are put together.
  private static let depthLimit = 8

  /// Returns the labels of parts that have the given types.
  private static func labels(for parts: [Type], at path: [Int], knowing types: TypeTable) -> [KeyLabel] {
    parts.enumerated().flatMap { index, type in
      if let members = types.namedMembers(of: type) {
        return labels(for: members, at: path + [index], behind: "", knowing: types)
      }
      return [KeyLabel(name: "key\(index)", path: path + [index])]
    }
  }

  /// Returns the labels of the given members of a record, those of records in it behind their own names.
  private static func labels(
    for fields: [RecordField], at path: [Int], behind prefix: String, knowing types: TypeTable
  ) -> [KeyLabel] {
    fields.enumerated().flatMap { index, field in
      let name = prefix + field.name
      if path.count < depthLimit, let members = types.namedMembers(of: field.type) {
        return labels(for: members, at: path + [index], behind: name + "_", knowing: types)
      }
      return [KeyLabel(name: name, path: path + [index])]
    }
  }

}
