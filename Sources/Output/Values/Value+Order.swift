/// Which of two values comes first.
enum Order {

  /// The first.
  case less

  /// Neither.
  case equal

  /// The second.
  case greater

  /// Creates the order of two values that can be compared.
  init<T: Comparable>(_ a: T, _ b: T) { self = a < b ? .less : (a == b ? .equal : .greater) }

}

extension Value {

  /// Returns which of the two values is printed first: numbers by size, text by its bytes, tuples by their first
  /// elements that differ, histograms by how many numbers they hold.
  func compared(to other: Value) -> Order {
    // What is compared most often, a million times where a map is large.
    if case .unsigned(let a) = self, case .unsigned(let b) = other { return Order(a, b) }
    if case (.symbol(let a, _), .symbol(let b, _)) = (self, other) { return a.comparedBytes(to: b) }
    if let a = number, let b = other.number { return Order(a, b) }
    switch (self, other) {
    case (.text(let a), .text(let b)), (.bytes(let a), .bytes(let b)): return a.comparedBytes(to: b)
    case (.tuple(let a), .tuple(let b)), (.array(let a), .array(let b)): return a.compared(to: b)
    // A record of `stats` is ordered by its sum.
    case (.record(let a), .record(let b)):
      if let a = a.last, let b = b.last, a.name == "total", b.name == "total" {
        return a.value.compared(to: b.value)
      }
      return a.map(\.value).compared(to: b.map(\.value))
    case (.stack(let a, _), .stack(let b, _)):
      for (x, y) in zip(a, b) where x != y { return x.comparedBytes(to: y) }
      return Order(a.count, b.count)
    case (.histogram(let a), .histogram(let b)): return Order(a.total, b.total)
    default: return .equal
    }
  }

  /// The value as a number, if it is one.
  private var number: Int128? {
    switch self {
    case .signed(let n): Int128(n)
    case .unsigned(let n), .pointer(let n), .symbol(_, let n): Int128(n)
    case .bool(let b): b ? 1 : 0
    default: nil
    }
  }

}

extension [Value] {

  /// Returns which of the two lists comes first: the one whose first differing element does, or the shorter.
  func compared(to other: [Value]) -> Order {
    for (a, b) in zip(self, other) {
      let order = a.compared(to: b)
      if order != .equal { return order }
    }
    return Order(count, other.count)
  }

}

extension [UInt8] {

  /// Returns which of the two texts comes first byte by byte.
  fileprivate func comparedBytes(to other: [UInt8]) -> Order {
    lexicographicallyPrecedes(other) ? .less : (self == other ? .equal : .greater)
  }

}
