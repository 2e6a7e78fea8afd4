import Diagnostics
import IR
import Probes
import Syntax
import Types

/// `offsetof(type, member)` and `offsetof(value, member)`: how far a member, or a member of a member, is from the start.
struct OffsetOf: CompileTimeBuiltin {
  let names = ["offsetof"]
  let arity = 2...2

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.typeOrTypeOfValue(call.arguments[0]),
      let place = scope.place(of: call.arguments[1], in: type)
    else { return nil }
    scope.note(constant: Int64(place.offset), of: call.id)
    return .uint64
  }

}

/// `container_of(pointer, type, member)`: a pointer to the structure that has the member which `pointer` points to.
struct ContainerOf: Builtin {
  let names = ["container_of"]
  let arity = 3...3
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    let pointer = scope.type(of: call.arguments[0])
    guard let name = scope.typeName(call.arguments[1]) else {
      scope.error("'container_of' takes a type, as in 'struct task_struct'", at: call.arguments[1].site)
      return nil
    }
    guard let type = scope.resolve(name), let place = scope.place(of: call.arguments[2], in: type),
      let pointer
    else { return nil }
    scope.note(constant: Int64(place.offset), of: call.id)
    switch pointer {
    case .pointer(_, let space): return .pointer(to: type, space)
    case .integer: return .pointer(to: type, scope.probe.addressSpace)
    default:
      scope.error("'container_of' takes a pointer, not \(pointer.articled)", at: call.arguments[0].site)
      return nil
    }
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let pointer = lowering.scalar(call.arguments[0], as: .uint64)
    let distance = Operand.constant(lowering.constant(of: call.id) ?? 0, .i64)
    return .scalar(lowering.builder.binary(.subtract, pointer, distance))
  }
}

extension TypingScope {

  /// Returns the offset and the type of the member that `path` names (`a`, `a.b`, `a[1].b`) in values of `type`; nil if
  /// there is none, which is reported.
  fileprivate mutating func place(of path: Expression, in type: Type) -> (offset: Int, type: Type)? {
    switch path.kind {
    case .identifier(let name): return place(ofMember: Name(name, at: path.site), in: type)
    case .member(let base, let name):
      guard let outer = place(of: base, in: type) else { return nil }
      if case .pointer = outer.type {
        error("'\(name.text)' is a member of something else, behind a pointer", at: name.site)
        return nil
      }
      guard let inner = place(ofMember: name, in: outer.type) else { return nil }
      return (outer.offset + inner.offset, inner.type)
    case .index(let base, let index):
      guard let outer = place(of: base, in: type) else { return nil }
      _ = self.type(of: index)
      guard case .array(let element, let count) = outer.type else {
        error("\(outer.type.articled) cannot be indexed", at: base.site)
        return nil
      }
      guard let number = constant(of: index), (0...Int64(count)).contains(number),
        let size = element.sizeOfElement
      else {
        error("the index must be a number within the array, which has \(count) elements", at: index.site)
        return nil
      }
      return (outer.offset + Int(number) * size, element)
    default:
      error("'offsetof' takes the name of a member", at: path.site)
      return nil
    }
  }

  /// Returns the offset and the type of the member `name` in values of `type`; nil if there is none, which is reported.
  private mutating func place(ofMember name: Name, in type: Type) -> (offset: Int, type: Type)? {
    guard let member = member(name, of: type) else { return nil }
    if member.bits != nil {
      error("'\(name.text)' is a bit field, which has no offset in bytes", at: name.site)
      return nil
    }
    return (member.offset, member.type)
  }

}

extension Type {

  /// The number of bytes, nil if it is not known.
  fileprivate var sizeOfElement: Int? {
    switch self {
    case .none: nil
    case .structure(let structure): structure.size
    default: size
    }
  }

}
