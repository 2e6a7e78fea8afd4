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

  /// Returns the labels of a key whose parts have the given types: the members of records by their names, all other parts by their
  /// positions.
  public static func all(for key: [Type]) -> [KeyLabel] {
    // `@[(a, b)]` is the same as `@[a, b]`.
    if key.count == 1, case .tuple(let parts) = key[0] { return labels(for: parts, at: [0]) }
    return labels(for: key, at: [])
  }

  /// Returns the labels of parts that have the given types.
  private static func labels(for parts: [Type], at path: [Int]) -> [KeyLabel] {
    parts.enumerated().flatMap { index, type in
      if case .record(let fields) = type { return labels(for: fields, at: path + [index], behind: "") }
      return [KeyLabel(name: "key\(index)", path: path + [index])]
    }
  }

  /// Returns the labels of the given members of a record, those of records in it behind their own names.
  private static func labels(for fields: [RecordField], at path: [Int], behind prefix: String) -> [KeyLabel] {
    fields.enumerated().flatMap { index, field in
      let name = prefix + field.name
      if case .record(let inner) = field.type {
        return labels(for: inner, at: path + [index], behind: name + "_")
      }
      return [KeyLabel(name: name, path: path + [index])]
    }
  }

}
