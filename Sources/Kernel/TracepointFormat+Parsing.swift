import Types

extension TracepointFormat {

  /// Creates an instance from the text of a `format` file of tracefs, nil if it is not one.
  ///
  /// Lines that cannot be understood are left out. See `Documentation/trace/events.rst` in the kernel's sources.
  public init?(parsing text: String) {
    var id: Int? = nil
    var fields: [Field] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      if line.starts(with: "print fmt:".utf8) { break }
      if line.starts(with: "ID:".utf8) { id = number(line.dropFirst(3)) }
      if let field = Field(parsing: line), !field.name.utf8.starts(with: "common_".utf8) {
        fields.append(field)
      }
    }
    guard let id else { return nil }
    self.init(id: id, fields: fields)
  }

}

extension TracepointFormat.Field {

  /// Creates an instance from a line such as `field:int dfd; offset:16; size:8; signed:0;`, nil if it is not one.
  fileprivate init?(parsing line: Substring.UTF8View) {
    var declaration: Substring.UTF8View? = nil
    var offset: Int? = nil
    var size: Int? = nil
    var isSigned = false
    for part in line.split(separator: UInt8(ascii: ";")) {
      let part = part.drop { $0 <= UInt8(ascii: " ") }
      guard let colon = part.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let value = part[part.index(after: colon)...]
      let key = part[..<colon]
      if key.elementsEqual("field".utf8) {
        declaration = value
      } else if key.elementsEqual("offset".utf8) {
        offset = number(value)
      } else if key.elementsEqual("size".utf8) {
        size = number(value)
      } else if key.elementsEqual("signed".utf8) {
        isSigned = number(value) == 1
      }
    }
    guard let declaration, let offset, let size,
      let parsed = CDeclaration(parsing: declaration, size: size, isSigned: isSigned)
    else { return nil }
    self.init(
      name: parsed.name, type: parsed.type, declaration: String(Substring(declaration)), offset: offset,
      size: size, isDataLocation: parsed.isDataLocation)
  }

}

/// Returns the decimal number that `text` is, white space around it aside; nil if it is none.
private func number(_ text: Substring.UTF8View) -> Int? {
  var result: Int? = nil
  for byte in text.drop(while: { $0 <= UInt8(ascii: " ") }) {
    if byte <= UInt8(ascii: " ") { break }
    guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"), (result ?? 0) < 1 << 40 else { return nil }
    result = (result ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
  }
  return result
}
