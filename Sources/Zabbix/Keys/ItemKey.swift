/// The keys of items as Zabbix writes them: `name[parameter,"parameter, quoted"]`.
enum ItemKey {

  /// Returns `parameter` as it stands in a key, quoted iff it has to be or `isForced`.
  ///
  /// Zabbix compares keys as text, and writes those that it makes of prototypes by this rule, so there is no other choice: quoted
  /// is what begins with `"`, a space or `[`, and what has a comma or `]` in it. Only `"` is escaped between quotes, so that nothing
  /// quoted can end with a backslash (`zbx_quote_key_param` in Zabbix's `src/libs/zbxexpr`); a space keeps it off the quote then.
  static func parameter(_ parameter: String, isForced: Bool = false) -> String {
    let bytes = parameter.utf8
    let needsQuotes =
      switch bytes.first {
      case UInt8(ascii: "\""), UInt8(ascii: " "), UInt8(ascii: "["): true
      default: bytes.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") }
      }
    if !needsQuotes && !isForced { return parameter }
    var result = "\""
    for character in parameter.unicodeScalars {
      if character == "\"" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(character)
    }
    if bytes.last == UInt8(ascii: "\\") { result += " " }
    return result + "\""
  }

  /// Returns `text` with `_` in place of what the name of a key cannot have.
  static func name(_ text: String) -> String {
    String(decoding: text.utf8.map { isInName($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
  }

  /// Returns `true` iff the name of a key can have `byte`: letters, digits, `_`, `-` and `.`.
  static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

}
