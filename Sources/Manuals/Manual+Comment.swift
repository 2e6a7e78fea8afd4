extension Manual {

  /// Creates the manual that the comment in front of `script` is, nil if it is none.
  ///
  /// The comment is the lines from the first one on, or from the one behind `#!`, that begin with `//`. It must begin with a line
  /// `NAME: what it does.`, and with `Usage: apus NAME …` behind that. Paragraphs follow, and sections, each behind a line that is a word
  /// and a colon, with their lines indented.
  public init?(ofScript script: some Sequence<UInt8>) {
    var lines = Manual.comment(of: script)[...]
    guard let first = lines.popFirst()?.text, let colon = first.firstIndex(of: ":") else { return nil }
    let name = String(first[..<colon])
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
    var summary = first[first.index(after: colon)...].drop { $0 == " " }
    if summary.last == "." { summary.removeLast() }
    while lines.first?.isBlank == true { lines.removeFirst() }
    guard let usage = lines.popFirst()?.text, usage.hasPrefix("Usage: "), !summary.isEmpty else { return nil }
    var description: [Line] = []
    var sections: [Section] = []
    while let line = lines.popFirst() {
      guard let title = line.title else {
        description.append(line)
        continue
      }
      let count = lines.firstIndex { $0.title != nil } ?? lines.endIndex
      let body = lines[..<count]
      lines = lines[count...]
      sections.append(
        Section(
          title: title, paragraphs: Manual.paragraphs(of: Array(body), hasCommands: title == "Examples")))
    }
    self.init(
      name: name, summary: String(summary), usages: [Manual.usage(of: usage.dropFirst("Usage: ".count))],
      description: Manual.paragraphs(of: description, hasCommands: false), sections: sections)
  }

  /// Returns `text`, how the script is called, with the dots behind the brackets where all usages have them.
  private static func usage(of text: Substring) -> String {
    text.split(separator: " ").map { $0 == "[OPTION...]" ? "[OPTION]..." : String($0) }.joined(separator: " ")
  }

  /// A line of a comment, without the slashes and the space behind them.
  fileprivate struct Line {

    /// The number of spaces in front of it.
    let indentation: Int

    /// The text behind them.
    let text: String

    /// `true` iff there is no text.
    var isBlank: Bool { text.isEmpty }

    /// The title of the section that begins here, nil if none does.
    var title: String? {
      guard indentation == 0, text.last == ":", text.first?.isUppercase == true else { return nil }
      let title = text.dropLast()
      return title.allSatisfy { $0.isLetter } ? String(title) : nil
    }

  }

  /// Returns the lines of the comment in front of `script`.
  private static func comment(of script: some Sequence<UInt8>) -> [Line] {
    var result: [Line] = []
    var iterator = script.makeIterator()
    var isAtStart = true
    var bytes: [UInt8] = []
    while let line = nextLine(from: &iterator, into: &bytes) {
      defer { isAtStart = false }
      if isAtStart && line.starts(with: "#!".utf8) { continue }
      guard line.starts(with: "//".utf8) else { break }
      var text = line.dropFirst(2)
      while text.last == UInt8(ascii: " ") || text.last == UInt8(ascii: "\r") { text.removeLast() }
      if text.first == UInt8(ascii: " ") { text.removeFirst() }
      let spaces = text.prefix { $0 == UInt8(ascii: " ") }.count
      var words = String(decoding: text.dropFirst(spaces), as: UTF8.self)
      // Terminals and man pages show the dots alike, whatever the locale is.
      while let ellipsis = words.firstIndex(of: "\u{2026}") {
        words.replaceSubrange(ellipsis...ellipsis, with: "...")
      }
      result.append(Line(indentation: spaces, text: words))
    }
    return result
  }

  /// Returns the next line of `iterator`, read into `bytes`, nil at the end.
  private static func nextLine(
    from iterator: inout some IteratorProtocol<UInt8>, into bytes: inout [UInt8]
  ) -> [UInt8]? {
    bytes.removeAll(keepingCapacity: true)
    while let byte = iterator.next() {
      if byte == UInt8(ascii: "\n") { return bytes }
      bytes.append(byte)
      // What begins with neither is no manual, and need not be read to its end.
      if bytes.count == 2 && bytes != Array("//".utf8) && bytes != Array("#!".utf8) { return bytes }
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// Returns the paragraphs that `lines` are.
  ///
  /// A line with deeper ones directly below it is explained by them, and so is what stands in front of two spaces by what stands
  /// behind them. Deeper lines behind an empty one stay as they are. If `hasCommands`, all that is not explanation is a command.
  private static func paragraphs(of lines: [Line], hasCommands: Bool) -> [Paragraph] {
    let base = lines.filter { !$0.isBlank }.map(\.indentation).min() ?? 0
    var result: [Paragraph] = []
    var isOpen = false
    for (index, line) in lines.enumerated() {
      if line.isBlank {
        isOpen = false
        continue
      }
      defer { isOpen = true }
      let isExplained =
        index + 1 < lines.count && !lines[index + 1].isBlank && lines[index + 1].indentation > base
      if line.indentation > base {
        switch result.last {
        case .item(let term, let text)? where isOpen:
          result[result.count - 1] = .item(
            term: term, text: text.isEmpty ? line.text : text + " " + line.text)
        case .lines(let others)? where isOpen:
          result[result.count - 1] = .lines(others + [line.indented(behind: base)])
        default: result.append(.lines([line.indented(behind: base)]))
        }
      } else if let (term, text) = line.parts {
        result.append(.item(term: term, text: text))
      } else if hasCommands {
        result.append(.item(term: line.text, text: ""))
      } else if isExplained {
        result.append(.item(term: line.text, text: ""))
      } else if case .text(let text)? = result.last, isOpen {
        result[result.count - 1] = .text(text + " " + line.text)
      } else {
        result.append(.text(line.text))
      }
    }
    return result
  }

}

extension Manual.Line {

  /// What stands in front of the first two spaces in the text and what stands behind them, nil if there are none.
  fileprivate var parts: (term: String, text: String)? {
    var end = text.startIndex
    while end < text.endIndex {
      let next = text.index(after: end)
      if text[end] == " ", next < text.endIndex, text[next] == " " {
        return (String(text[..<end]), String(text[next...].drop { $0 == " " }))
      }
      end = next
    }
    return nil
  }

  /// Returns the text with the spaces that it has more than the others.
  fileprivate func indented(behind base: Int) -> String {
    // Two of them say that the line stays as it is.
    String(repeating: " ", count: max(0, indentation - base - 2)) + text
  }

}
