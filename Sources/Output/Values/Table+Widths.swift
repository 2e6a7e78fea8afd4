public import Types

/// How wide the columns of tables are.
///
/// A column starts as wide as values of its type usually are and grows with what is printed in it, so that the tables of a live
/// display look alike.
extension Table {

  /// Returns the number of characters that each column needs, whose parts of the key have the given types.
  ///
  /// - Requires: there is a type for each part of the key.
  public func neededWidths(forKeysOf types: [Type]) -> [Int] {
    headings.indices.map { column in
      let cells = rows.map(\.[column].cellText)
      let usual =
        column < keyCount
        ? types[column].usualWidth(isLongAddress: rows.contains { $0[column].startsWithLongAddress })
        : Type.usualNumberWidth
      return cells.reduce(max(usual, headings[column].utf8.characterCount)) { max($0, $1.characterCount) }
    }
  }

}
