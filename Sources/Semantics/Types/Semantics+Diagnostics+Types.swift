import Builtins
import Diagnostics
import Syntax
import Types

// What can be wrong with definitions of types: one function for each fault, in alphabetical order.
extension Diagnostic {

  /// A bit field that is no integer.
  static func bitFieldOfNoInteger(_ type: Type, at site: SourceSpan) -> Diagnostic {
    .error("a bit field must be an integer, not \(type.articled)", at: site)
  }

  /// A bit field with too many bits, or with none though it has a name.
  static func bitFieldWidth(_ width: Int64, of type: Type, limit: Int, at site: SourceSpan) -> Diagnostic {
    .error("a bit field of type '\(type)' has 1 to \(limit) bits, not \(width)", at: site)
  }

  /// A number or a pointer cast to a structure.
  static func castToStructure(_ old: Type, _ type: Type, at site: SourceSpan) -> Diagnostic {
    .error(
      "\(old.articled) cannot be cast to '\(type)'", at: site,
      hint: "'*(\(type) *)x' is what an address points to")
  }

  /// A constant that a variable's declared type does not hold.
  static func constantDoesNotFit(_ value: Expression, _ type: Type, of variable: Name) -> Diagnostic {
    .error("'\(variable.text)' is declared as '\(type)', which does not hold this number", at: value.site)
  }

  /// A member, or a value, of a type of which only the name is known.
  static func incompleteType(_ type: Type, at site: SourceSpan, near names: [String] = []) -> Diagnostic {
    let near = suggestion(for: "\(type)", among: names, limit: 3)
    return .error(
      "'\(type)' is not defined, so that its size is not known\(near)", at: site,
      hint: "define it in front of the probes, or use a pointer to it")
  }

  /// `aligned(n)` with an unusable n.
  static func invalidAlignment(_ expression: Expression) -> Diagnostic {
    .error("an alignment must be a power of two of at most 4096", at: expression.site)
  }

  /// A key, or a value of a map, without a single byte.
  static func nothingToStore(_ type: Type, at site: SourceSpan) -> Diagnostic {
    .error("\(type.articled) without elements cannot be stored in a map", at: site)
  }

  /// `&` in front of something that is in no memory of its own.
  static func noAddress(_ operand: Expression) -> Diagnostic {
    .error(
      "the expression has no address", at: operand.site,
      hint: "only variables, elements of maps that hold values, and what pointers point to have one")
  }

  /// A number in a definition that is not known when the script is compiled.
  static func notConstant(_ expression: Expression) -> Diagnostic {
    .error("the number must be known when the script is compiled", at: expression.site)
  }

  /// The difference of pointers to values of different types.
  static func pointersDiffer(_ a: Type, _ b: Type, at site: SourceSpan) -> Diagnostic {
    .error("'\(b)' cannot be subtracted from '\(a)'", at: site, hint: "cast one of them to the other's type")
  }

  /// A name for a type that is defined by itself.
  static func recursiveName(_ name: String, at site: SourceSpan) -> Diagnostic {
    .error("'\(name)' is defined by itself", at: site)
  }

  /// A structure that contains itself.
  static func recursiveStructure(_ name: StructureName, at site: SourceSpan) -> Diagnostic {
    .error("'\(name)' contains itself", at: site, hint: "use a pointer to it: '\(name) *'")
  }

  /// A constant that is defined twice.
  static func redefinedConstant(_ name: Name, first: SourceSpan) -> Diagnostic {
    .error(
      "the constant '\(name.text)' is defined twice", at: name.site,
      notes: [Note("it is defined first here", at: first)])
  }

  /// Two members with one name.
  static func redefinedMember(_ name: String, at site: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "there are two members '\(name)'", at: site, notes: [Note("the other one is here", at: first)])
  }

  /// Two types with one name.
  static func redefinedType(_ name: String, at site: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "'\(name)' is defined twice", at: site, notes: [Note("it is defined first here", at: first)])
  }

  /// A structure that is larger than any that makes sense.
  static func structureTooLarge(_ name: StructureName, at site: SourceSpan) -> Diagnostic {
    .error("'\(name)' is too large", at: site)
  }

  /// An array in a structure with an unusable number of elements.
  static func tooManyElements(at site: SourceSpan) -> Diagnostic {
    .error("an array cannot have that many elements", at: site)
  }

  /// A member that the structure does not have.
  static func unknownMember(
    _ member: Name, of name: StructureName, among members: [StructureLayout.Member]
  ) -> Diagnostic {
    let near = suggestion(for: member.text, among: members.map(\.name), limit: 3)
    let lines = members.map { member in
      "\(member.type) \(member.name)\(member.bits.map { " : \($0.width)" } ?? "")"
    }
    return .error(
      "'\(name)' has no member '\(member.text)'\(near)", at: member.site,
      detail: lines.isEmpty ? nil : .init("the members of '\(name)'", lines: lines))
  }

  /// A field that the record does not have.
  static func unknownRecordField(_ field: Name, among names: [String]) -> Diagnostic {
    .error(
      "the record has no field '\(field.text)'\(suggestion(for: field.text, among: names))", at: field.site)
  }

  /// A type that does not exist.
  static func unknownType(_ name: String, at site: SourceSpan, among names: [String]) -> Diagnostic {
    .error("unknown type '\(name)'\(suggestion(for: name, among: names))", at: site)
  }

  /// A value that a variable's declared type may not hold.
  static func valueIsCut(_ value: Expression, _ type: Type, _ declared: Type, of variable: Name) -> Diagnostic
  {
    .warning(
      "'\(variable.text)' is declared as '\(declared)', to which the value of type '\(type)' is cut",
      at: value.site, hint: "'(\(declared))' in front of it says that this is meant")
  }

  /// An argument of a function that programs cannot read.
  static func unreadableArgument(_ name: Name, _ declaration: String) -> Diagnostic {
    .error(
      "'\(declaration)' cannot be read: it is not in a register for integers and addresses", at: name.site)
  }

}
