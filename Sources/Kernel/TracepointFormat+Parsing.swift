import Types

extension TracepointFormat {

  /// Creates an instance from the text of a `format` file of tracefs, nil if it is not one.
  ///
  /// Lines that cannot be understood are left out. See `Documentation/trace/events.rst` in the kernel's sources.
  public init?(parsing text: String) {
    var id: Int? = nil
    var fields: [Field] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("ID:") { id = Int(line.dropFirst(3).filter { !$0.isWhitespace }) }
      if line.hasPrefix("print fmt:") { break }
      if let field = Field(parsing: line), !field.name.hasPrefix("common_") { fields.append(field) }
    }
    guard let id else { return nil }
    self.init(id: id, fields: fields)
  }

}

extension TracepointFormat.Field {

  /// Creates an instance from a line such as `field:int dfd; offset:16; size:8; signed:0;`, nil if it is not one.
  fileprivate init?(parsing line: Substring) {
    var declaration: String? = nil
    var numbers: [Substring: Int] = [:]
    for part in line.split(separator: ";") {
      let part = part.drop { $0.isWhitespace }
      guard let colon = part.firstIndex(of: ":") else { continue }
      let value = part[part.index(after: colon)...]
      if part[..<colon] == "field" {
        declaration = String(value)
      } else {
        numbers[part[..<colon]] = Int(value)
      }
    }
    guard let declaration, let offset = numbers["offset"], let size = numbers["size"],
      offset >= 0, size >= 0,
      let parsed = CDeclaration(parsing: declaration, size: size, isSigned: numbers["signed"] == 1)
    else { return nil }
    self.init(
      name: parsed.name, type: parsed.type, declaration: declaration, offset: offset, size: size,
      isDataLocation: parsed.isDataLocation)
  }

}
