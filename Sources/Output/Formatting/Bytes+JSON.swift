import Types

extension [UInt8] {

  /// Appends `value` as JSON.
  mutating func append(jsonOf value: Value) {
    switch value {
    case .signed(let n): append(decimal: n)
    case .unsigned(let n), .pointer(let n): append(decimal: n)
    case .bool(let b): append(text: b ? "true" : "false")
    case .text(let bytes), .symbol(let bytes, _): append(jsonString: bytes)
    case .bytes(let bytes):
      var text: [UInt8] = []
      text.append(buffer: bytes, as: .escaped)
      append(jsonString: text)
    case .tuple(let elements), .array(let elements): append(jsonList: elements)
    case .record(let fields):
      append(text: "{")
      for (i, field) in fields.enumerated() {
        if i > 0 { append(text: ", ") }
        append(jsonString: Array(field.name.utf8))
        append(text: ": ")
        append(jsonOf: field.value)
      }
      append(text: "}")
    case .stack:
      var text: [UInt8] = []
      text.append(textOf: value)
      append(jsonString: text)
    case .histogram(let histogram): append(jsonOf: histogram)
    case .timeSeries(let series): append(jsonOf: series)
    }
  }

  /// Appends `elements` in brackets.
  private mutating func append(jsonList elements: [Value]) {
    append(UInt8(ascii: "["))
    for (i, element) in elements.enumerated() {
      if i > 0 { append(UInt8(ascii: ",")) }
      append(jsonOf: element)
    }
    append(UInt8(ascii: "]"))
  }

  /// Appends the buckets of `histogram` with bounds that belong to them.
  private mutating func append(jsonOf histogram: Histogram) {
    append(text: "[")
    for (i, bucket) in histogram.buckets.enumerated() {
      append(text: i > 0 ? ", {" : "{")
      if let lower = bucket.lower {
        append(text: "\"min\": \(lower), ")
      }
      if let upper = bucket.upper {
        append(text: "\"max\": \(upper - 1), ")
      }
      append(text: "\"count\": ")
      append(decimal: bucket.count)
      append(text: "}")
    }
    append(text: "]")
  }

  /// Appends `text` as a string of JSON; what is not UTF-8 becomes replacement characters.
  mutating func append(jsonString text: [UInt8]) {
    append(UInt8(ascii: "\""))
    if text.contains(where: { $0 >= 0x80 }) {
      append(jsonEscaped: Array(String(decoding: text, as: UTF8.self).utf8))
    } else {
      append(jsonEscaped: text)
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends `text`, which is UTF-8, with the characters escaped that JSON does not allow in strings.
  private mutating func append(jsonEscaped text: [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): append(text: "\\\"")
      case UInt8(ascii: "\\"): append(text: "\\\\")
      case UInt8(ascii: "\n"): append(text: "\\n")
      case UInt8(ascii: "\r"): append(text: "\\r")
      case UInt8(ascii: "\t"): append(text: "\\t")
      case 0..<0x20:
        append(text: "\\u00")
        append(hexadecimalDigit: byte >> 4)
        append(hexadecimalDigit: byte & 15)
      default: append(byte)
      }
    }
  }

}
