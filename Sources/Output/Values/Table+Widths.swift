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
      let cells = rows.map { cellText(of: $0[column]) }
      let usual =
        column < keyCount
        ? types[column].usualWidth(isLongAddress: rows.contains { $0[column].startsWithLongAddress })
        : Self.numberWidth
      return cells.reduce(max(usual, headings[column].utf8.characterCount)) { max($0, $1.characterCount) }
    }
  }

  /// The width of numbers.
  fileprivate static let numberWidth = 6

  /// Returns the text of `value` in a row: on one line, the elements of a tuple with colons between them.
  func cellText(of value: Value) -> [UInt8] {
    var text: [UInt8] = []
    if case .tuple(let parts) = value {
      text.append(textOf: parts, separator: ":", indentation: 0)
    } else {
      text.append(textOf: value)
    }
    // The names of processes may be anything.
    return text.map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: "?") : $0 }
  }

}

extension Value {

  /// `true` iff the value is an IPv6 address or a tuple that starts with one.
  fileprivate var startsWithLongAddress: Bool {
    switch self {
    case .text(let bytes): bytes.contains(UInt8(ascii: ":"))
    case .tuple(let parts): parts.first?.startsWithLongAddress ?? false
    default: false
    }
  }

}

extension Type {

  /// The number of characters that values of the type usually take; the longer addresses iff `isLongAddress`.
  fileprivate func usualWidth(isLongAddress: Bool) -> Int {
    switch self {
    case .integer: Table.numberWidth
    // The name of a process takes up to 15, most of them less.
    case .string(let capacity): min(capacity - 1, 12)
    // 255.255.255.255, and what most IPv6 addresses take.
    case .inet: isLongAddress ? 26 : 15
    // A colon and a port.
    case .tuple(let parts) where parts.first == .inet: isLongAddress ? 32 : 21
    default: 0
    }
  }

}

extension Sequence<UInt8> {

  /// The number of characters of the text that the bytes are, taken for UTF-8.
  var characterCount: Int { reduce(0) { $1 & 0xc0 == 0x80 ? $0 : $0 + 1 } }

}
