import Kernel

/// Types as C writes them.
extension TypeInformation {

  /// How deep types may be nested in a declaration.
  private static let declarationDepth = 16

  /// Returns the declaration of `name` with the type of the given number: `const char *name`, `u8 name[16]`.
  func declaration(of number: Int, named name: String) -> String {
    declaration(of: number, around: name, depth: 0, indentation: "")
  }

  /// Returns the definition of the structure, the union or the enumeration with the given number, without a line end.
  func definition(of number: Int) -> String? {
    guard let record = record(number) else { return nil }
    return text(of: record, depth: 0, indentation: "", isDefinition: true) + ";"
  }

  /// Returns the declaration of `inner` with the type of the given number.
  private func declaration(of number: Int, around inner: String, depth: Int, indentation: String) -> String {
    guard depth < Self.declarationDepth, let record = record(number) else { return joined("void", inner) }
    switch record.kind {
    case .const, .volatile, .restrict:
      let word = record.kind == .const ? "const" : record.kind == .volatile ? "volatile" : "restrict"
      // A qualifier stands behind the star of the pointer that it is about, in front of all other types.
      if let target = self.record(record.sizeOrType), target.kind == .pointer {
        return declaration(
          of: record.sizeOrType, around: joined(word, inner), depth: depth + 1, indentation: indentation)
      }
      return word + " "
        + declaration(of: record.sizeOrType, around: inner, depth: depth + 1, indentation: indentation)
    case .typeTag:
      return declaration(of: record.sizeOrType, around: inner, depth: depth + 1, indentation: indentation)
    case .pointer:
      let kind = self.record(record.sizeOrType)?.kind
      let pointer = kind == .array || kind == .prototype ? "(*\(inner))" : "*\(inner)"
      return declaration(
        of: record.sizeOrType, around: pointer, depth: depth + 1, indentation: indentation)
    case .array:
      return declaration(
        of: word(at: record.tail), around: "\(inner)[\(word(at: record.tail + 8))]", depth: depth + 1,
        indentation: indentation)
    case .prototype:
      let parameters = (0..<record.count).map { i in
        let type = word(at: record.tail + 8 * i + 4)
        return type == 0
          ? "..." : declaration(of: type, around: "", depth: depth + 1, indentation: indentation)
      }
      let list = parameters.isEmpty ? "void" : parameters.joined(separator: ", ")
      return declaration(
        of: record.sizeOrType, around: "\(inner)(\(list))", depth: depth + 1, indentation: indentation)
    default:
      return joined(text(of: record, depth: depth, indentation: indentation, isDefinition: false), inner)
    }
  }

  /// Returns what stands in front of the name in a declaration: the name of a type, or its definition if it has none or if
  /// that is what is asked for.
  private func text(of record: Record, depth: Int, indentation: String, isDefinition: Bool) -> String {
    let name = name(at: record.name)
    let keyword: String
    switch record.kind {
    case .structure: keyword = "struct"
    case .union: keyword = "union"
    case .enumeration, .enumeration64: keyword = "enum"
    case .forward: return (record.flag ? "union " : "struct ") + name
    default: return name.isEmpty ? "void" : name
    }
    if !isDefinition && (!name.isEmpty || depth >= Self.declarationDepth) { return joined(keyword, name) }
    let inner = indentation + "    "
    var text = joined(keyword, name) + " {\n"
    for i in 0..<record.count {
      text += inner
      if keyword == "enum" {
        let (name, value) = constant(i, of: record)
        text += "\(name) = \(value),\n"
        continue
      }
      let entry = record.tail + 12 * i
      var member = declaration(
        of: word(at: entry + 4), around: self.name(at: word(at: entry)), depth: depth + 1, indentation: inner)
      let width = record.flag ? word(at: entry + 8) >> 24 : 0
      if width > 0 { member += ": \(width)" }
      text += member + ";\n"
    }
    return text + indentation + "}"
  }

  /// Returns the two words with a space between them if both are there.
  private func joined(_ a: String, _ b: String) -> String { b.isEmpty ? a : a.isEmpty ? b : "\(a) \(b)" }

}
