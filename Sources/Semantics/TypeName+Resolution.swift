import Diagnostics
import Syntax
import Types

extension TypeName {

  /// Why a type name stands for no type.
  struct Fault: Error {

    /// The message, nil if the reason has been given.
    let diagnostic: Diagnostic?

  }

  /// Returns the type that the name stands for among `types`.
  ///
  /// `typeof(expression)` stands for what `typeOf` returns; nil from it has been explained or will be. What a pointer
  /// points to need not be defined.
  func resolved(
    in types: ScriptTypes, isPointee: Bool = false, typeOf: (Expression) -> Type? = { _ in nil }
  ) throws(Fault) -> Type {
    switch kind {
    case .named(let name):
      switch name {
      case "string": return .string(capacity: 64)
      case "buffer": return .buffer(capacity: 64)
      default:
        if let type = types.type(named: name) { return type }
        throw Fault(diagnostic: .unknownType(name, at: site, among: types.names).explained(by: types))
      }
    case .structure(let tag):
      return try structure(StructureName(.struct, tag), in: types, isPointee: isPointee)
    case .union(let tag):
      return try structure(StructureName(.union, tag), in: types, isPointee: isPointee)
    case .enumeration(let tag):
      if let type = types.enumeration(tag) { return type }
      throw Fault(
        diagnostic: .unknownType(
          "enum \(tag)", at: site, among: types.enumerationSites.keys.map { "enum \($0)" }
        ).explained(by: types))
    case .pointer(let pointee):
      return .pointer(to: try pointee.resolved(in: types, isPointee: true, typeOf: typeOf), .kernel)
    case .array(let element, let count):
      guard let count, (1...65536).contains(count) else {
        throw Fault(diagnostic: .invalidArrayCount(site))
      }
      if case .named("string") = element.kind { return .string(capacity: count) }
      if case .named("buffer") = element.kind { return .buffer(capacity: count) }
      let type = try element.resolved(in: types, typeOf: typeOf)
      guard let size = type.fixedSize, size * count <= 1 << 24 else {
        throw Fault(diagnostic: .invalidArrayCount(site))
      }
      return .array(of: type, count: count)
    case .tuple(let elements):
      var resolved: [Type] = []
      for element in elements { resolved.append(try element.resolvedValue(in: types, typeOf: typeOf)) }
      return .tuple(resolved)
    case .record(let fields):
      var resolved: [RecordField] = []
      for field in fields {
        resolved.append(
          RecordField(field.name.text, try field.type.resolvedValue(in: types, typeOf: typeOf)))
      }
      return .record(resolved)
    case .typeof(let expression):
      guard let type = typeOf(expression) else { throw Fault(diagnostic: nil) }
      return type
    }
  }

  /// Returns the type that the name stands for among `types`, which must be one of values.
  func resolvedValue(in types: ScriptTypes, typeOf: (Expression) -> Type?) throws(Fault) -> Type {
    let type = try resolved(in: types, typeOf: typeOf)
    guard type.fixedSize != nil else { throw Fault(diagnostic: .noSize(site)) }
    return type
  }

  /// Returns the structure `name`, which must be defined unless a pointer points to it.
  private func structure(
    _ name: StructureName, in types: ScriptTypes, isPointee: Bool
  ) throws(Fault) -> Type {
    let type = types.structure(name)
    if !isPointee && type.fixedSize == nil {
      let known = types.structures.keys.filter { !$0.tag.contains(".") }.map(\.description)
      throw Fault(
        diagnostic: .unknownType(name.description, at: site, among: known.sorted()).explained(by: types))
    }
    return type
  }

  /// The types that have a name, in the spelling of the language, of C, and of the kernel.
  static let byName: [String: Type] = {
    var result: [String: Type] = ["bool": .bool, "_Bool": .bool, "void": .none]
    for width in [8, 16, 32, 64] {
      for prefix in ["int\(width)", "int\(width)_t", "s\(width)", "__s\(width)"] {
        result[prefix] = .integer(IntegerType(width: width, isSigned: true))
      }
      for prefix in ["uint\(width)", "uint\(width)_t", "u\(width)", "__u\(width)"] {
        result[prefix] = .integer(IntegerType(width: width, isSigned: false))
      }
    }
    for name in ["ssize_t", "off_t", "loff_t", "time_t", "intptr_t", "ptrdiff_t"] { result[name] = .int64 }
    for name in ["size_t", "uintptr_t", "sector_t"] { result[name] = .uint64 }
    for name in ["pid_t", "key_t"] { result[name] = .int32 }
    for name in ["uid_t", "gid_t", "dev_t", "gfp_t"] { result[name] = .uint32 }
    result["umode_t"] = .integer(IntegerType(width: 16, isSigned: false))
    return result
  }()

  /// The names of types, sorted.
  static var names: [String] {
    (byName.keys + ["string", "buffer", "char", "short", "int", "long"]).sorted()
  }

}
