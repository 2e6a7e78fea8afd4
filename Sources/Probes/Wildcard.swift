/// A pattern for names: `*` stands for any text, `?` for one byte, `[a-c]` and `[!a-c]` for one byte of a set.
public struct Wildcard: Hashable, Sendable {

  /// An element of the pattern.
  private enum Element: Hashable, Sendable {

    /// The byte itself.
    case byte(UInt8)

    /// Any one byte.
    case any

    /// One byte of the given ranges, or of none of them.
    case set([ClosedRange<UInt8>], isInverted: Bool)

    /// Any text, the empty one included.
    case anything

  }

  /// The text of the pattern.
  public let text: String

  /// The elements.
  private let elements: [Element]

  /// The bytes that every name starts with.
  private let prefix: [UInt8]

  /// Creates the pattern that `text` denotes; a `[` without its `]` stands for itself.
  public init(_ text: String) {
    self.text = text
    let bytes = Array(text.utf8)
    var elements: [Element] = []
    var i = 0
    while i < bytes.count {
      switch bytes[i] {
      case UInt8(ascii: "*"):
        if elements.last != .anything { elements.append(.anything) }
        i += 1
      case UInt8(ascii: "?"):
        elements.append(.any)
        i += 1
      case UInt8(ascii: "["):
        if let (set, end) = Wildcard.set(in: bytes, from: i) {
          elements.append(set)
          i = end
        } else {
          elements.append(.byte(bytes[i]))
          i += 1
        }
      default:
        elements.append(.byte(bytes[i]))
        i += 1
      }
    }
    self.elements = elements
    var prefix: [UInt8] = []
    for case .byte(let byte) in elements.prefix(while: { if case .byte = $0 { true } else { false } }) {
      prefix.append(byte)
    }
    self.prefix = prefix
  }

  /// Returns `true` iff `text` can stand for more than itself.
  public static func isPattern(_ text: String) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
  }

  /// `true` iff every name matches.
  public var matchesEverything: Bool { elements == [.anything] }

  /// `true` iff the pattern can stand for more than itself.
  public var isPattern: Bool { prefix.count != elements.count }

  /// Returns `true` iff the whole of `name` matches.
  public func matches(_ name: String) -> Bool {
    name.utf8.withContiguousStorageIfAvailable(matches) ?? Array(name.utf8).withUnsafeBufferPointer(matches)
  }

  /// Returns `true` iff the whole of `name` matches.
  ///
  /// What follows a `*` is tried where the last try failed, one byte further on, so that the time is at most the
  /// product of both lengths.
  public func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count >= prefix.count else { return false }
    var i = 0
    while i < prefix.count {
      if name[i] != prefix[i] { return false }
      i += 1
    }
    var e = i
    var retryElement = -1
    var retryByte = 0
    while i < name.count {
      if e < elements.count, elements[e] == .anything {
        retryElement = e + 1
        retryByte = i
        e += 1
      } else if e < elements.count, Wildcard.matches(elements[e], name[i]) {
        e += 1
        i += 1
      } else if retryElement >= 0 {
        retryByte += 1
        i = retryByte
        e = retryElement
      } else {
        return false
      }
    }
    while e < elements.count, elements[e] == .anything { e += 1 }
    return e == elements.count
  }

  /// Returns `true` iff `element`, which is not `.anything`, stands for `byte`.
  private static func matches(_ element: Element, _ byte: UInt8) -> Bool {
    switch element {
    case .byte(let b): b == byte
    case .any: true
    case .set(let ranges, let isInverted): ranges.contains { $0.contains(byte) } != isInverted
    case .anything: false
    }
  }

  /// Returns the set whose `[` is at `start` and the offset behind its `]`, nil if it has no end.
  private static func set(in bytes: [UInt8], from start: Int) -> (Element, Int)? {
    var i = start + 1
    var isInverted = false
    if i < bytes.count, bytes[i] == UInt8(ascii: "!") || bytes[i] == UInt8(ascii: "^") {
      isInverted = true
      i += 1
    }
    var ranges: [ClosedRange<UInt8>] = []
    while i < bytes.count, bytes[i] != UInt8(ascii: "]") || ranges.isEmpty {
      if i + 2 < bytes.count, bytes[i + 1] == UInt8(ascii: "-"), bytes[i + 2] != UInt8(ascii: "]") {
        ranges.append(min(bytes[i], bytes[i + 2])...max(bytes[i], bytes[i + 2]))
        i += 3
      } else {
        ranges.append(bytes[i]...bytes[i])
        i += 1
      }
    }
    return i < bytes.count ? (.set(ranges, isInverted: isInverted), i + 1) : nil
  }

}
