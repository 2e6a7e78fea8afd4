import Types

extension [UInt8] {

  /// Appends `value` as text; the frames of a stack are indented by `indentation` spaces.
  public mutating func append(textOf value: Value, indentation: Int = 8) {
    switch value {
    case .signed(let n): append(decimal: n)
    case .unsigned(let n): append(decimal: n)
    case .bool(let b): append(text: b ? "true" : "false")
    case .text(let bytes), .symbol(let bytes, _): append(contentsOf: bytes)
    case .bytes(let bytes): append(buffer: bytes, as: .escaped)
    case .pointer(let address):
      append(text: "0x")
      append(hexadecimal: address)
    case .tuple(let elements):
      append(UInt8(ascii: "("))
      append(textOf: elements, separator: ", ", indentation: indentation)
      append(UInt8(ascii: ")"))
    case .array(let elements):
      append(UInt8(ascii: "["))
      append(textOf: elements, separator: ",", indentation: indentation)
      append(UInt8(ascii: "]"))
    case .record(let fields): append(textOf: fields, indentation: indentation)
    case .stack(let frames, .folded):
      if frames.isEmpty { append(UInt8(ascii: "-")) }
      for (i, frame) in frames.enumerated() {
        if i > 0 { append(UInt8(ascii: ";")) }
        append(contentsOf: frame)
      }
    case .stack(let frames, let mode):
      append(UInt8(ascii: "\n"))
      for frame in frames {
        switch mode {
        case .bpftrace: append(repeating: UInt8(ascii: " "), count: indentation)
        case .perf: append(UInt8(ascii: "\t"))
        case .raw, .buildID, .folded: break
        }
        append(contentsOf: frame)
        append(UInt8(ascii: "\n"))
      }
    case .histogram(let histogram): append(textOf: histogram)
    case .timeSeries(let series): append(textOf: series)
    }
  }

  /// Appends `values` with `separator` between them.
  mutating func append(textOf values: [Value], separator: StaticString, indentation: Int) {
    for (i, value) in values.enumerated() {
      if i > 0 { append(text: separator) }
      append(textOf: value, indentation: indentation)
    }
  }

  /// Appends the fields of a record.
  private mutating func append(textOf fields: [Value.Field], indentation: Int) {
    if fields.isEmpty {
      append(text: "{}")
      return
    }
    append(text: "{ ")
    for (i, field) in fields.enumerated() {
      append(text: i > 0 ? ", ." : ".")
      append(text: field.name)
      append(text: " = ")
      append(textOf: field.value, indentation: indentation)
    }
    append(text: " }")
  }

}
