/// What one call of `table` prints: maps with keys of the same kind, side by side.
public struct TableDescription: Hashable, Codable, Sendable {

  /// The headings: one for each part of the key, or member of a record that is one, then one for each column.
  public let headings: [String]

  /// The maps in the order of their columns.
  public let columns: [Column]

  /// How many rows are printed at most, nil and 0 for all.
  public let top: Int?

  /// What is done to maps when they have been read, by index; nothing to those that are not in it.
  public let resets: [Int: Reset]

  /// Creates an instance with the given properties.
  public init(headings: [String], columns: [Column], top: Int? = nil, resets: [Int: Reset] = [:]) {
    self.headings = headings
    self.columns = columns
    self.top = top
    self.resets = resets
  }

  /// A column with the values of a map.
  public struct Column: Hashable, Codable, Sendable {

    /// The index of the map.
    public let map: Int

    /// What the values are divided by when they are printed, rounded down; at least 1.
    public let divisor: Int

    /// Creates an instance with the given properties.
    public init(map: Int, divisor: Int = 1) {
      self.map = map
      self.divisor = divisor
    }

  }

  /// What is done to a map in the same step in which it is read, so that nothing is lost that is added meanwhile.
  public enum Reset: Hashable, Codable, Sendable {

    /// Its elements are removed: `clear`.
    case clear

    /// Its elements are set to zero: `zero`.
    case zero

  }

}
