/// JSON as it is written to a server.
enum JSONText {

  /// Returns `text` as a string of JSON.
  static func string(_ text: String) -> String {
    var result: [UInt8] = []
    append(text, to: &result)
    return String(decoding: result, as: UTF8.self)
  }

  /// Appends `text` as a string of JSON to `result`.
  static func append(_ text: String, to result: inout [UInt8]) {
    result.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): result += Array("\\n".utf8)
      case UInt8(ascii: "\r"): result += Array("\\r".utf8)
      case UInt8(ascii: "\t"): result += Array("\\t".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        result += Array("\\u00\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8)
      default: result.append(byte)
      }
    }
    result.append(UInt8(ascii: "\""))
  }

}
