extension [Value] {

  /// Returns the value at `path`: an index into this list, and then into tuples and records; nil if there is none.
  public func part(at path: [Int]) -> Value? {
    guard let first = path.first, indices.contains(first) else { return nil }
    return self[first].part(at: path.dropFirst())
  }

}

extension Value {

  /// Returns the value at `path`: indices into tuples and records; nil if there is none.
  public func part(at path: ArraySlice<Int>) -> Value? {
    guard let first = path.first else { return self }
    switch self {
    case .tuple(let parts):
      return parts.indices.contains(first) ? parts[first].part(at: path.dropFirst()) : nil
    case .record(let fields):
      return fields.indices.contains(first) ? fields[first].value.part(at: path.dropFirst()) : nil
    default: return nil
    }
  }

}
