import IR
import Kernel
import Syntax
import Types

/// `sizeof(type)` and `sizeof(value)`: the number of bytes of values of the type.
struct Sizeof: CompileTimeBuiltin {
  let names = ["sizeof"]
  let arity = 1...1

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.typeOrTypeOfValue(call.arguments[0]) else { return nil }
    guard let size = type.sizeInScripts else {
      scope.error("the type has no size", at: call.arguments[0].site)
      return nil
    }
    let origin: KernelFact.Subject? =
      if case .structure(let structure) = type, scope.isKernels(structure.name) {
        .size(structure.name)
      } else {
        nil
      }
    scope.note(constant: Int64(size), of: call.id, from: origin)
    return .uint64
  }

}

extension Type {

  /// The number of bytes that `sizeof` gives, nil for types without a size.
  fileprivate var sizeInScripts: Int? {
    switch self {
    case .none: nil
    // What rounds these up is our layout, no matter of the script.
    case .string(let capacity), .buffer(let capacity): capacity
    case .structure(let structure): structure.size
    default: size
    }
  }

}

extension TypingScope {

  /// Returns the type that `argument` names, or that of its value.
  mutating func typeOrTypeOfValue(_ argument: Expression) -> Type? {
    if let name = typeName(argument) { resolve(name) } else { typeInMemory(of: argument) }
  }

  /// Returns the name of a type that `argument` is, nil if it is a value.
  ///
  /// The parser takes bare words for values unless it knows better; those that the kernel has for types are types.
  func typeName(_ argument: Expression) -> TypeName? {
    switch argument.kind {
    case .type(let name): name
    case .identifier(let word)
    where BuiltinTable.builtin(named: word) == nil && kernel.type(named: word) != nil:
      TypeName(site: argument.site, kind: .named(word))
    default: nil
    }
  }

}

extension CallLowering {

  /// Returns the number that was noted for `call` when types were checked.
  mutating func notedConstant(of call: BuiltinCall) -> LoweredValue {
    guard let value = noted(of: call.id) else { preconditionFailure("a number that was not noted") }
    if case .constant(let number, _) = value, type(of: call.id) == .bool {
      return .scalar(.constant(number, .i8))
    }
    return .scalar(value)
  }

}
