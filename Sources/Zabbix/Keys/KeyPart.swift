import Output

/// A part of the key of an element of a map.
struct KeyPart: Hashable, Sendable {

  /// What the part is called, as among the labels of metrics.
  let name: String

  /// The part as text on one line, of valid UTF-8.
  let text: String

  /// Returns the parts of `key`, of which `labels` says what they are called.
  static func parts(of key: [Value], labels: [KeyLabel]) -> [KeyPart] {
    labels.compactMap { label in
      key.part(at: label.path).map { KeyPart(name: label.name, text: $0.keyText) }
    }
  }

}

extension Value {

  /// The value as a parameter of a key: on one line, with `?` for characters that control a terminal.
  fileprivate var keyText: String {
    String(decoding: line.map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
  }

}
