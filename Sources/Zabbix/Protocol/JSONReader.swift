/// Reads what a server answers, which may be anything.
struct JSONReader {

  /// What is read.
  private let bytes: [UInt8]

  /// Where it is read next.
  private var position = 0

  /// The greatest number of values within one another.
  private static let depthLimit = 32

  /// Returns the members of the object that `bytes` are which are strings, the last of each name; nil if they are no object of JSON.
  static func stringMembers(of bytes: [UInt8]) -> [String: String]? {
    var reader = JSONReader(bytes: bytes)
    var result: [String: String] = [:]
    reader.skipSpace()
    guard reader.peek == UInt8(ascii: "{"), reader.skipObject(depth: 0, noting: { result[$0] = $1 }) else {
      return nil
    }
    reader.skipSpace()
    return reader.position == bytes.count ? result : nil
  }

  /// Creates an instance that reads `bytes` from their start.
  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next byte, nil at the end.
  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Reads `byte` if it is next; returns `true` iff it was.
  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  /// Reads the space that is next.
  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  /// Reads an object and gives names and texts of its strings to `note`; returns `false` if there is none.
  private mutating func skipObject(depth: Int, noting note: (String, String) -> Void = { _, _ in }) -> Bool {
    guard depth < Self.depthLimit, take(UInt8(ascii: "{")) else { return false }
    skipSpace()
    if take(UInt8(ascii: "}")) { return true }
    while true {
      skipSpace()
      guard let name = takeString() else { return false }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { return false }
      skipSpace()
      if peek == UInt8(ascii: "\"") {
        guard let text = takeString() else { return false }
        note(name, text)
      } else if !skipValue(depth: depth + 1) {
        return false
      }
      skipSpace()
      if take(UInt8(ascii: "}")) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  /// Reads a list; returns `false` if there is none.
  private mutating func skipList(depth: Int) -> Bool {
    guard depth < Self.depthLimit, take(UInt8(ascii: "[")) else { return false }
    skipSpace()
    if take(UInt8(ascii: "]")) { return true }
    while true {
      skipSpace()
      guard skipValue(depth: depth + 1) else { return false }
      skipSpace()
      if take(UInt8(ascii: "]")) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  /// Reads a value; returns `false` if there is none.
  private mutating func skipValue(depth: Int) -> Bool {
    switch peek {
    case UInt8(ascii: "{"): return skipObject(depth: depth)
    case UInt8(ascii: "["): return skipList(depth: depth)
    case UInt8(ascii: "\""): return takeString() != nil
    default:
      // Numbers and words: what they are does not matter.
      let start = position
      while let byte = peek, ItemKey.isInName(byte) || byte == UInt8(ascii: "+") { position += 1 }
      return position > start
    }
  }

  /// Reads a string and returns its text, nil if there is none.
  private mutating func takeString() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var text: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case 0..<0x20: return nil
      case UInt8(ascii: "\\"):
        guard let character = takeEscape() else { return nil }
        text += Array(String(character).utf8)
      default: text.append(byte)
      }
    }
    return nil
  }

  /// Reads what stands behind a backslash, nil if that makes no sense. Halves of characters are U+FFFD.
  private mutating func takeEscape() -> Character? {
    guard let byte = peek else { return nil }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard position + 4 <= bytes.count,
        let number = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
      else { return nil }
      position += 4
      return Character(Unicode.Scalar(number) ?? "\u{fffd}")
    default: return nil
    }
  }

}
