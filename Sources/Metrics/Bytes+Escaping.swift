import Output

extension [UInt8] {

  /// Appends `value` as the text of a label: as `print` shows it, the frames of a stack on one line with semicolons between them.
  mutating func append(labelTextOf value: Value) {
    switch value {
    case .text(let bytes), .symbol(let bytes, _): append(escaped: bytes)
    case .signed(let n): append(decimal: n)
    case .unsigned(let n): append(decimal: n)
    case .stack(let frames, _):
      for (index, frame) in frames.enumerated() {
        if index > 0 { append(UInt8(ascii: ";")) }
        append(escaped: frame)
      }
    default:
      var text: [UInt8] = []
      text.append(textOf: value)
      append(escaped: text)
    }
  }

  /// Appends `text` as it stands between quotation marks: what is not UTF-8 becomes replacement characters, and line feeds, backslashes
  /// and, iff `escapesQuotes`, quotation marks are escaped.
  mutating func append(escaped text: [UInt8], escapesQuotes: Bool = true) {
    var isPlain = true
    var isASCII = true
    for byte in text {
      if byte >= 0x80 { isASCII = false }
      if byte == 0x0a || byte == 0x5c || byte == 0x22 { isPlain = false }
    }
    let text = isASCII ? text : Array(String(decoding: text, as: UTF8.self).utf8)
    if isPlain { return append(contentsOf: text) }
    for byte in text {
      switch byte {
      case UInt8(ascii: "\n"): append(text: "\\n")
      case UInt8(ascii: "\\"): append(text: "\\\\")
      case UInt8(ascii: "\"") where escapesQuotes: append(text: "\\\"")
      default: append(byte)
      }
    }
  }

}
