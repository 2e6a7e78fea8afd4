public import Types

extension FormatString.Conversion {

  /// Appends `bytes` to `output` as C's `%s` does: cut to the precision, filled up to the width.
  public func print(bytes: some Collection<UInt8>, to output: inout [UInt8]) {
    guard width != nil || precision != nil else {
      output.append(contentsOf: bytes)
      return
    }
    // A character has no precision.
    let cut = bytes.prefix(verb == .character ? .max : (precision ?? .max))
    let missing = (width ?? 0) - cut.count
    if !isLeftAligned { output.append(repeating: UInt8(ascii: " "), count: missing) }
    output.append(contentsOf: cut)
    if isLeftAligned { output.append(repeating: UInt8(ascii: " "), count: missing) }
  }

  /// Appends `value` to `output`.
  ///
  /// A conversion that does not accept the value's type prints it as `%s` does; the compiler lets none through.
  public func print(_ value: Value, to output: inout [UInt8]) {
    switch (verb, value) {
    case (.text, .text(let bytes)): print(bytes: bytes, to: &output)
    case (.bytes(let style), .bytes(let bytes)):
      var text: [UInt8] = []
      text.append(buffer: bytes, as: style)
      print(bytes: text, to: &output)
    case (.text, _), (.bytes, _): printText(of: value, to: &output)
    default:
      guard let bits = value.bits else { return printText(of: value, to: &output) }
      print(integer: bits, to: &output)
    }
  }

  /// Appends `value` as `print` shows it, cut and filled up.
  private func printText(of value: Value, to output: inout [UInt8]) {
    if width == nil && precision == nil {
      output.append(textOf: value)
    } else {
      var text: [UInt8] = []
      text.append(textOf: value)
      print(bytes: text, to: &output)
    }
  }

}

extension Value {

  /// The 64 bits of the value as an integer, if it is one.
  fileprivate var bits: UInt64? {
    switch self {
    case .signed(let n): UInt64(bitPattern: n)
    case .unsigned(let n), .pointer(let n), .symbol(_, let n): n
    case .bool(let b): b ? 1 : 0
    default: nil
    }
  }

}

extension [UInt8] {

  /// Appends the bytes of a buffer in the given style.
  mutating func append(buffer bytes: [UInt8], as style: FormatString.Conversion.BytesStyle) {
    for (i, byte) in bytes.enumerated() {
      switch style {
      case .escaped where byte >= 32 && byte < 127: append(byte)
      case .escaped, .escapedHexadecimal:
        append(text: "\\x")
        append(hexadecimalDigit: byte >> 4)
        append(hexadecimalDigit: byte & 15)
      case .plainHexadecimal:
        if i > 0 { append(UInt8(ascii: " ")) }
        append(hexadecimalDigit: byte >> 4)
        append(hexadecimalDigit: byte & 15)
      }
    }
  }

}
