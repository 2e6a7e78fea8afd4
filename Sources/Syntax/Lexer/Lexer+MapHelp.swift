import Diagnostics

/// What comments say that maps are for.
extension Lexer {

  /// Notes what the comment in `range` says about maps, in lines like `@name: text` and `@name[key]: text`.
  ///
  /// Of several lines about one map the first counts.
  mutating func noteMapHelp(in range: Range<Int>) {
    guard text[range].contains(UInt8(ascii: "@")) else { return }
    for line in text[range].split(separator: UInt8(ascii: "\n")) {
      guard let (map, help) = CommentLine(line).mapHelp, mapHelp[map] == nil else { continue }
      mapHelp[map] = help
    }
  }

  /// Returns the text of the comment that ends in the line above the one in which `offset` is, on one line; nil if there is none, or
  /// something stands in front of `offset` in its line.
  ///
  /// Lines about maps that they name do not count, nor do lines without a letter, which are ornaments.
  func comment(above offset: Int) -> String? {
    let (line, column) = source.position(of: offset)
    guard source.line(line).prefix(column - 1).allSatisfy(\.isSpace) else { return nil }
    var lines: [CommentLine] = []
    var isInBlock = false
    for number in stride(from: line - 1, to: 0, by: -1) {
      let current = CommentLine(source.line(number))
      if isInBlock {
        isInBlock = !current.beginsBlock
      } else if current.endsBlock {
        isInBlock = !current.beginsBlock
      } else if !current.isLineComment {
        break
      }
      lines.append(current)
    }
    // What is no block from its beginning on is no comment above something.
    if isInBlock { return nil }
    let words = lines.reversed().filter { $0.mapHelp == nil && $0.hasLetters }.map(\.content)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

}

/// A line with a comment, or a line of a comment.
private struct CommentLine {

  /// The bytes without the white space around them.
  private let bytes: ArraySlice<UInt8>

  /// Creates an instance of the given line.
  init(_ line: ArraySlice<UInt8>) {
    var bytes = line.drop(while: \.isSpace)
    while let last = bytes.last, last.isSpace { bytes.removeLast() }
    self.bytes = bytes
  }

  /// `true` iff the line is a comment as a whole.
  var isLineComment: Bool { bytes.starts(with: "//".utf8) }

  /// `true` iff the line begins with the beginning of a comment that has an end of its own.
  var beginsBlock: Bool { bytes.starts(with: "/*".utf8) }

  /// `true` iff the line ends with the end of such a comment.
  var endsBlock: Bool { !isLineComment && bytes.suffix(2).elementsEqual("*/".utf8) }

  /// The bytes of the comment without what makes it one.
  private var inner: ArraySlice<UInt8> {
    var inner = bytes
    if endsBlock { inner.removeLast(2) }
    inner = inner.drop { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "*") || $0.isSpace }
    while let last = inner.last, last.isSpace || last == UInt8(ascii: "*") { inner.removeLast() }
    return inner
  }

  /// `true` iff there are letters in it, or what is no ASCII.
  var hasLetters: Bool { inner.contains { $0 >= 0x80 || $0 != UInt8(ascii: "_") && $0.beginsName } }

  /// What it says, each stretch of white space and control characters made a blank.
  var content: String { CommentLine.string(inner) }

  /// The map that the line names with its `@` and what it says about it, nil if it names none in front of a colon.
  var mapHelp: (map: String, help: String)? {
    let inner = inner
    guard inner.first == UInt8(ascii: "@") else { return nil }
    let word = inner.dropFirst().prefix(while: \.continuesName)
    if let first = word.first, !first.beginsName { return nil }
    var rest = inner[word.endIndex...]
    if rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
      rest = rest[(end + 1)...]
    }
    rest = rest.drop(while: \.isSpace)
    guard rest.first == UInt8(ascii: ":") else { return nil }
    let help = CommentLine.string(rest.dropFirst())
    return help.isEmpty ? nil : ("@" + String(decoding: word, as: UTF8.self), help)
  }

  /// Returns `bytes` as text of one line.
  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.split { $0 <= 0x20 || $0 == 0x7F }.map { String(decoding: $0, as: UTF8.self) }.joined(
      separator: " ")
  }

}
