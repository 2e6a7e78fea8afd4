public import Types

/// Maps side by side as they are printed: a row for each key that any of them has.
public struct Table: Hashable, Sendable {

  /// The headings of all columns.
  public var headings: [String]

  /// The number of columns in front that are parts of the key.
  public var keyCount: Int

  /// The values of all columns, by row.
  public var rows: [[Value]]

  /// The least numbers of characters of the columns, by column; those that are missing are 0.
  public var widths: [Int] = []

  /// The number of characters of a line behind which nothing is shown, nil for no limit.
  public var lineWidth: Int? = nil

  /// Creates an instance with the given properties.
  public init(headings: [String], keyCount: Int, rows: [[Value]]) {
    self.headings = headings
    self.keyCount = keyCount
    self.rows = rows
  }

  /// Creates the table that `description` asks for of what each of its columns' maps contains, which has keys of `keyCount`
  /// parts.
  ///
  /// Rows are sorted by the sum of what the maps hold, the largest first, and by key where sums are equal. A map that lacks a
  /// key counts as 0.
  public init(_ description: TableDescription, of maps: [MapContents], keyCount: Int) {
    var sums: [[Value]: Row] = [:]
    for (column, map) in maps.enumerated() {
      for element in map.elements {
        let name = element.key.map(\.unsignedIfPossible)
        var row = sums[name] ?? Row(key: element.key, count: maps.count)
        row.values[column] = element.value
        row.sum += element.value.integer ?? 0
        sums[name] = row
      }
    }
    var rows = sums.values.sorted {
      $0.sum == $1.sum ? $0.key.compared(to: $1.key) == .less : $0.sum > $1.sum
    }
    if let top = description.top, top > 0, rows.count > top { rows.removeLast(rows.count - top) }
    self.init(
      headings: description.headings, keyCount: keyCount,
      rows: rows.map { row in
        row.key + zip(row.values, description.columns).map { $0.floored(by: $1.divisor) }
      })
  }

  /// A row while its values are gathered.
  private struct Row {

    /// The key.
    let key: [Value]

    /// The value of each map, as it is there.
    var values: [Value]

    /// The sum of the values.
    var sum: Int128 = 0

    /// Creates a row without values for `count` maps.
    init(key: [Value], count: Int) {
      self.key = key
      values = Array(repeating: .unsigned(0), count: count)
    }

  }

}

extension MapContents {

  /// Removes the elements whose keys `table` does not show.
  public mutating func keepKeys(of table: Table) {
    let shown = Set(table.rows.map { $0.prefix(table.keyCount).map(\.unsignedIfPossible) })
    elements.removeAll { !shown.contains($0.key.map(\.unsignedIfPossible)) }
  }

}

extension Value {

  /// The number that the value is, nil if it is none.
  fileprivate var integer: Int128? {
    switch self {
    case .signed(let n): Int128(n)
    case .unsigned(let n): Int128(n)
    case .bool(let truth): truth ? 1 : 0
    default: nil
    }
  }

  /// The same value, integers that are not negative as unsigned ones, so that equal numbers of different types are equal.
  fileprivate var unsignedIfPossible: Value {
    switch self {
    case .signed(let n) where n >= 0: .unsigned(UInt64(n))
    case .tuple(let parts): .tuple(parts.map(\.unsignedIfPossible))
    default: self
    }
  }

  /// Returns the number divided by `divisor`, at least 1, and rounded down; what is no number as it is.
  fileprivate func floored(by divisor: Int) -> Value {
    if divisor <= 1 { return self }
    switch self {
    case .signed(let n):
      let quotient = n / Int64(divisor)
      return .signed(n % Int64(divisor) < 0 ? quotient - 1 : quotient)
    case .unsigned(let n): return .unsigned(n / UInt64(divisor))
    case .bool: return .unsigned(0)
    default: return self
    }
  }

}
