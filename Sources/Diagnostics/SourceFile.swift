/// The text of one script and the name by which messages refer to it.
public final class SourceFile: Sendable {

  /// The name shown in messages: a path, `stdin`, or `stdin` for the text given with `-e`.
  public let name: String

  /// The text, as UTF-8 code units. It may hold anything, zero bytes and malformed UTF-8 included.
  public let text: [UInt8]

  /// The offsets in `text` at which lines start, in ascending order; the first one is 0.
  private let lineStarts: [Int]

  /// Creates an instance with the given properties.
  public init(name: String, text: [UInt8]) {
    self.name = name
    self.text = text
    var starts = [0]
    for (i, byte) in text.enumerated() where byte == UInt8(ascii: "\n") { starts.append(i + 1) }
    self.lineStarts = starts
  }

  /// Creates an instance with the given properties.
  public convenience init(name: String, text: String) {
    self.init(name: name, text: Array(text.utf8))
  }

  /// The number of lines, at least 1.
  public var lineCount: Int { lineStarts.count }

  /// Returns the line and the column of the byte at `offset`, both counted from 1, columns in bytes.
  ///
  /// - Requires: `0 <= offset <= text.count`.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    precondition(offset >= 0 && offset <= text.count, "offset outside of the file")
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, offset - lineStarts[low] + 1)
  }

  /// Returns the text of the line with the given number, counted from 1, without its line ending.
  ///
  /// - Requires: `1 <= number <= lineCount`.
  public func line(_ number: Int) -> ArraySlice<UInt8> {
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : text.count
    if end > start && text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return text[start..<end]
  }

}

extension SourceFile: Hashable {

  /// Returns `true` iff `l` and `r` are the same object.
  public static func == (l: SourceFile, r: SourceFile) -> Bool { l === r }

  /// Feeds the identity of `self` to `hasher`.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

}
