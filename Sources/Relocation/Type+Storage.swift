import Types

extension Type {

  /// Returns `true` iff code that reads a value of this type reads one of `other` as well: both look alike in memory.
  func isStoredLike(_ other: Type) -> Bool {
    switch (self, other) {
    case (.pointer(let a, _), .pointer(let b, _)): a.isPointee(like: b)
    case (.array(let a, let count), .array(let b, let otherCount)):
      count == otherCount && a.isStoredLike(b)
    case (.structure(let a), .structure(let b)): a.name.isLike(b.name)
    case (.pointer, _), (_, .pointer): false
    default:
      if let a = asInteger, let b = other.asInteger { a == b } else { self == other }
    }
  }

  /// Returns `true` iff a pointer to a value of this type can be used as one to a value of `other`: what is read of it behind that
  /// has facts of its own.
  private func isPointee(like other: Type) -> Bool {
    switch (self, other) {
    case (.none, _), (_, .none): true
    case (.structure(let a), .structure(let b)): a.name.isLike(b.name)
    default: isStoredLike(other)
    }
  }

}

extension StructureName {

  /// Returns `true` iff the names mean the same: those of structures without a tag are made up from where they stand.
  fileprivate func isLike(_ other: StructureName) -> Bool {
    self == other || (keyword == other.keyword && tag.contains(".") && other.tag.contains("."))
  }

}
