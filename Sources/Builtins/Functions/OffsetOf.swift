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
    scope.note(constant: Int64(place.offset), of: call.id, from: scope.origin(of: place, in: type))
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
    scope.note(constant: Int64(place.offset), of: call.id, from: scope.origin(of: place, in: type))
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
    guard let distance = lowering.noted(of: call.id) else {
      preconditionFailure("a number that was not noted")
    }
    return .scalar(lowering.builder.binary(.subtract, pointer, distance))
  }
}

/// A part of values of a type.
private struct PartPlace {

  /// The offset in bytes.
  var offset: Int

  /// The type.
  var type: Type

  /// The way to it.
  var steps: [KernelFact.Step]

}

extension TypingScope {

  /// Returns what the offset of `place` in values of `type` is, nil if no kernel has a say in it.
  fileprivate func origin(of place: PartPlace, in type: Type) -> KernelFact.Subject? {
    guard case .structure(let structure) = type, isKernels(structure.name) else { return nil }
    return .offset(structure.name, place.steps)
  }

  /// Returns the place of the member that `path` names (`a`, `a.b`, `a[1].b`) in values of `type`; nil if there is none, which
  /// is reported.
  fileprivate mutating func place(of path: Expression, in type: Type) -> PartPlace? {
    switch path.kind {
    case .identifier(let name): return place(ofMember: Name(name, at: path.site), in: type)
    case .member(let base, let name):
      guard let outer = place(of: base, in: type) else { return nil }
      if case .pointer = outer.type {
        error("'\(name.text)' is a member of something else, behind a pointer", at: name.site)
        return nil
      }
      guard let inner = place(ofMember: name, in: outer.type) else { return nil }
      return PartPlace(
        offset: outer.offset + inner.offset, type: inner.type, steps: outer.steps + inner.steps)
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
      return PartPlace(
        offset: outer.offset + Int(number) * size, type: element,
        steps: outer.steps + [.element(Int(number))])
    default:
      error("'offsetof' takes the name of a member", at: path.site)
      return nil
    }
  }

  /// Returns the place of the member `name` in values of `type`; nil if there is none, which is reported.
  private mutating func place(ofMember name: Name, in type: Type) -> PartPlace? {
    guard let member = member(name, of: type) else { return nil }
    if member.bits != nil {
      error("'\(name.text)' is a bit field, which has no offset in bytes", at: name.site)
      return nil
    }
    return PartPlace(offset: member.offset, type: member.type, steps: [.member(name.text)])
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
