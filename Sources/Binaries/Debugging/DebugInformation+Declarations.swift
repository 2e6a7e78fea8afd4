import CELF

/// Types as C writes them.
extension DebugInformation {

  /// Returns the declaration of `name` with the type that `entry` is, `void` if nil: `const char *name`, `int name[16]`.
  func declaration(of entry: DebugEntry?, named name: String) -> String {
    declaration(of: entry, around: name, depth: 0)
  }

  /// Returns the declaration of `inner` with the type that `entry` is.
  private func declaration(of entry: DebugEntry?, around inner: String, depth: Int) -> String {
    guard let entry, depth < 16 else { return joined("void", inner) }
    let target = entry.type
    switch entry.tag {
    case DW_TAG_pointer_type, DW_TAG_reference_type, DW_TAG_rvalue_reference_type:
      let sign =
        entry.tag == DW_TAG_pointer_type ? "*" : entry.tag == DW_TAG_reference_type ? "&" : "&&"
      let needsParentheses = [DW_TAG_array_type, DW_TAG_subroutine_type].contains(target?.tag ?? 0)
      return declaration(
        of: target, around: needsParentheses ? "(\(sign)\(inner))" : sign + inner, depth: depth + 1)
    case DW_TAG_const_type, DW_TAG_volatile_type, DW_TAG_restrict_type:
      let word =
        entry.tag == DW_TAG_const_type
        ? "const" : entry.tag == DW_TAG_volatile_type ? "volatile" : "restrict"
      // A qualifier stands behind the star of the pointer that it is about, in front of all other types.
      if target?.tag == DW_TAG_pointer_type {
        return declaration(of: target, around: joined(word, inner), depth: depth + 1)
      }
      return word + " " + declaration(of: target, around: inner, depth: depth + 1)
    case DW_TAG_array_type:
      let counts = entry.children.filter { $0.tag == DW_TAG_subrange_type }.map { range in
        range.number(DW_AT_count) ?? range.number(DW_AT_upper_bound).map { $0 &+ 1 }
      }
      let text = counts.map { "[\($0.map { String($0) } ?? "")]" }.joined()
      return declaration(of: target, around: inner + text, depth: depth + 1)
    case DW_TAG_subroutine_type:
      let parameters = entry.children.filter { $0.tag == DW_TAG_formal_parameter }.map {
        declaration(of: $0.type, around: "", depth: depth + 1)
      }
      let list = parameters.isEmpty ? "void" : parameters.joined(separator: ", ")
      return declaration(of: target, around: "\(inner)(\(list))", depth: depth + 1)
    default: return joined(joined(entry.keyword, entry.name ?? (entry.keyword.isEmpty ? "void" : "")), inner)
    }
  }

  /// Returns the two words with a space between them if both are there.
  private func joined(_ a: String, _ b: String) -> String { b.isEmpty ? a : a.isEmpty ? b : "\(a) \(b)" }

}

extension DebugEntry {

  /// The word in front of the name of the type, empty if there is none.
  fileprivate var keyword: String {
    switch tag {
    case DW_TAG_structure_type: "struct"
    case DW_TAG_class_type: "class"
    case DW_TAG_union_type: "union"
    case DW_TAG_enumeration_type: "enum"
    default: ""
    }
  }

}
