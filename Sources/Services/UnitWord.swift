/// A word of a setting in a unit file, written so that systemd reads it back as it is.
///
/// Words are separated by spaces; quoted ones have the escapes of C, and `%` begins a specifier everywhere: see "Quoting" in
/// systemd.syntax(7) and "Specifiers" in systemd.unit(5).
struct UnitWord {

  /// What is written.
  let text: String

  /// Creates the form of `word`.
  init(_ word: String) {
    var text = ""
    for scalar in word.unicodeScalars {
      switch scalar {
      case "%": text += "%%"
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f: text += Self.escaped(scalar.value)
      default: text.unicodeScalars.append(scalar)
      }
    }
    self.text = Self.isPlain(word) ? text : "\"\(text)\""
  }

  /// Returns the escape of the character with the number `value`, less than 128.
  private static func escaped(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
  }

  /// `true` iff `word` needs no quotes.
  private static func isPlain(_ word: String) -> Bool {
    !word.isEmpty
      && word.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "/", ".", "_", "-", ":", ",", "=", "+", "@", "%": true
        default: false
        }
      }
  }

}
