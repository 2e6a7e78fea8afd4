/// Texts by number, as a program looks them up: rows of equal length, the last one for numbers that have none.
struct NameTable {

  /// The texts by number, nil for numbers without one.
  let texts: [String?]

  /// Creates the table of the given texts by number.
  init(texts: [String?]) { self.texts = texts }

  /// Creates the table of a text in which the names of subsequent numbers follow the first of them.
  init(parsing text: StaticString) {
    var texts: [String?] = []
    for word in text.description.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if let number = Int(word) {
        texts += Array(repeating: nil, count: number - texts.count)
      } else {
        texts.append(String(word))
      }
    }
    self.texts = texts
  }

  /// Creates the table of a text with a number and its text in each line.
  init(lines text: StaticString) {
    var texts: [String?] = []
    for line in text.description.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let number = Int(parts[0]) else {
        preconditionFailure("a line without a number")
      }
      texts += Array(repeating: nil, count: number - texts.count)
      texts.append(String(parts[1]))
    }
    self.texts = texts
  }

  /// Returns the number of bytes that there must be room for in texts, the zero byte included, if numbers without one have the
  /// text `unknown`.
  func capacity(with unknown: String) -> Int {
    1 + texts.reduce(unknown.utf8.count) { max($0, $1?.utf8.count ?? 0) }
  }

  /// Returns the rows, `stride` bytes each, with `unknown` in the place of what there is not and in a last row.
  func rows(with unknown: String, stride: Int) -> [UInt8] {
    (texts + [nil]).flatMap { text -> [UInt8] in
      let bytes = Array((text ?? unknown).utf8)
      return bytes + Array(repeating: 0, count: stride - bytes.count)
    }
  }

}
