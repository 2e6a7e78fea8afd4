/// A map as it is printed.
public struct MapContents: Hashable, Sendable {

  /// What decides the type of a map in JSON.
  public enum Kind: String, Hashable, Sendable {

    /// Values and sums.
    case plain = "map"

    /// Histograms.
    case histogram = "hist"

    /// Time series.
    case timeSeries = "tseries"

    /// Averages, or counts, averages and sums.
    case stats = "stats"

  }

  /// The name with the `@`.
  public var name: String

  /// What the values are.
  public var kind: Kind

  /// `true` iff the map has keys; otherwise it has at most one element, whose key is empty.
  public var isKeyed: Bool

  /// The elements.
  public var elements: [Element]

  /// Creates an instance with the given properties.
  public init(name: String, kind: Kind = .plain, isKeyed: Bool, elements: [Element] = []) {
    self.name = name
    self.kind = kind
    self.isKeyed = isKeyed
    self.elements = elements
  }

  /// A key and its value.
  public struct Element: Hashable, Sendable {

    /// The parts of the key.
    public var key: [Value]

    /// The value.
    public var value: Value

    /// Creates an instance with the given properties.
    public init(key: [Value] = [], value: Value) {
      self.key = key
      self.value = value
    }

  }

  /// Sorts the elements by value, those of equal value by key, and keeps the last `top` where given; 0 keeps all.
  public mutating func sort(keepingTop top: Int? = nil) {
    guard elements.count > 1 else { return }
    elements.sort { a, b in
      switch a.value.compared(to: b.value) {
      case .less: true
      case .greater: false
      case .equal: a.key.compared(to: b.key) == .less
      }
    }
    if let top, top > 0, elements.count > top { elements.removeFirst(elements.count - top) }
  }

  /// Adds `new` elements, in no order. Where they become many, only those stay among which the `top` that `sort` keeps are, if it
  /// keeps some only.
  public mutating func append(_ new: [Element], keepingTop top: Int? = nil) {
    elements += new
    if let top, top > 0, elements.count >= max(2 * top, MapContents.manyElements) { sort(keepingTop: top) }
  }

  /// The number of elements from which on it is worth while to look for those that are not kept.
  private static let manyElements = 4096

  /// Divides every number by `divisor`; 0 and 1 change nothing.
  public mutating func divide(by divisor: Int) {
    guard divisor > 1 else { return }
    for i in elements.indices { elements[i].value.divide(by: divisor) }
  }

}

extension Value {

  /// Divides every number in the value that counts or measures something by `divisor`.
  mutating func divide(by divisor: Int) {
    switch self {
    case .signed(let n): self = .signed(n / Int64(divisor))
    case .unsigned(let n): self = .unsigned(n / UInt64(divisor))
    case .histogram(let histogram): self = .histogram(histogram.divided(by: UInt64(divisor)))
    case .timeSeries(let series): self = .timeSeries(series.divided(by: divisor))
    case .record(let fields):
      // The number of calls is no measure, so that it stays exact.
      self = .record(
        fields.map { field in
          var value = field.value
          if field.name != "count" { value.divide(by: divisor) }
          return Field(field.name, value)
        })
    default: break
    }
  }

}
