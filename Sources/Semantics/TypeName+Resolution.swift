import Diagnostics
import Syntax
import Types

extension TypeName {

  /// Why a type name stands for no type.
  struct Fault: Error {

    /// The message.
    let diagnostic: Diagnostic

  }

  /// Returns the type that the name stands for.
  ///
  /// `typeof(expression)` stands for what `typeOf` returns; nil from it, which has been explained, is thrown on as nil.
  func resolved(typeOf: (Expression) -> Type? = { _ in nil }) throws(Fault) -> Type {
    switch kind {
    case .named(let name):
      if let type = TypeName.byName[name] { return type }
      switch name {
      case "string": return .string(capacity: 64)
      case "buffer": return .buffer(capacity: 64)
      default: throw Fault(diagnostic: .unknownType(name, at: site))
      }
    case .structure(let tag): throw Fault(diagnostic: .unsupported("the type 'struct \(tag)' is", at: site))
    case .union(let tag): throw Fault(diagnostic: .unsupported("the type 'union \(tag)' is", at: site))
    case .enumeration(let tag): throw Fault(diagnostic: .unsupported("the type 'enum \(tag)' is", at: site))
    case .pointer(let pointee): return .pointer(to: try pointee.resolved(typeOf: typeOf), .kernel)
    case .array(let element, let count):
      guard let count, (1...65536).contains(count) else {
        throw Fault(diagnostic: .invalidArrayCount(site))
      }
      if case .named("string") = element.kind { return .string(capacity: count) }
      if case .named("buffer") = element.kind { return .buffer(capacity: count) }
      return .array(of: try element.resolved(typeOf: typeOf), count: count)
    case .tuple(let elements):
      var types: [Type] = []
      for element in elements { types.append(try element.resolved(typeOf: typeOf)) }
      return .tuple(types)
    case .record: throw Fault(diagnostic: .unsupported("records are", at: site))
    case .typeof(let expression):
      guard let type = typeOf(expression) else { throw Fault(diagnostic: .unknownTypeof(expression.site)) }
      return type
    }
  }

  /// The types that have a name, in the spelling of the language, of C, and of the kernel.
  private static let byName: [String: Type] = {
    var result: [String: Type] = ["bool": .bool, "_Bool": .bool, "void": .none]
    for width in [8, 16, 32, 64] {
      for prefix in ["int\(width)", "int\(width)_t", "s\(width)", "__s\(width)"] {
        result[prefix] = .integer(IntegerType(width: width, isSigned: true))
      }
      for prefix in ["uint\(width)", "uint\(width)_t", "u\(width)", "__u\(width)"] {
        result[prefix] = .integer(IntegerType(width: width, isSigned: false))
      }
    }
    let words: [(Int, [String])] = [
      (8, ["char"]), (16, ["short", "short int"]), (32, ["int"]),
      (64, ["long", "long int", "long long", "long long int"]),
    ]
    for (width, names) in words {
      for name in names {
        result[name] = .integer(IntegerType(width: width, isSigned: true))
        result["signed \(name)"] = .integer(IntegerType(width: width, isSigned: true))
        result["unsigned \(name)"] = .integer(IntegerType(width: width, isSigned: false))
      }
    }
    result["signed"] = .int32
    result["unsigned"] = .uint32
    for name in ["ssize_t", "off_t", "loff_t", "time_t", "intptr_t", "ptrdiff_t"] { result[name] = .int64 }
    for name in ["size_t", "uintptr_t", "sector_t"] { result[name] = .uint64 }
    for name in ["pid_t", "key_t"] { result[name] = .int32 }
    for name in ["uid_t", "gid_t", "dev_t", "gfp_t"] { result[name] = .uint32 }
    result["umode_t"] = .integer(IntegerType(width: 16, isSigned: false))
    return result
  }()

  /// The names of types, sorted.
  static var names: [String] { (byName.keys + ["string", "buffer"]).sorted() }

}

extension Type {

  /// The number of bytes, nil for types without a size of their own.
  var fixedSize: Int? {
    switch self {
    case .none, .structure: nil
    case .array(let element, let count): element.fixedSize.map { $0 * count }
    case .tuple(let elements): elements.allSatisfy { $0.fixedSize != nil } ? size : nil
    case .record(let fields): fields.allSatisfy { $0.type.fixedSize != nil } ? size : nil
    default: size
    }
  }

}
