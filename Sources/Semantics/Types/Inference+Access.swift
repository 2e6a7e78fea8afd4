import Builtins
import Diagnostics
import Probes
import Syntax
import Types

/// Members, elements, and what pointers point to.
extension Inference {

  /// Returns the type of `base.name`.
  mutating func inferMember(_ base: Expression, _ name: Name) -> InferredType? {
    if base.isArguments {
      guard let fields = probe.fields else {
        report(.noArguments(probe.provider, at: base.site))
        return nil
      }
      if let field = fields.first(where: { $0.name == name.text }) { return InferredType(field.value.type) }
      if let declaration = actions[current].fullContext.unreadableArguments[name.text] {
        report(.unreadableArgument(name, declaration))
        return nil
      }
      let all = actions[current].fullContext.fields ?? []
      report(.unknownField(name, of: actions[current].points[0].name, among: all.map(\.name)))
      return nil
    }
    guard let type = value(base)?.type else { return nil }
    if case .record(let fields) = type.pointeeOrSelf {
      if let field = fields.first(where: { $0.name == name.text }) { return InferredType(field.type) }
      report(.unknownRecordField(name, among: fields.map(\.name)))
      return nil
    }
    guard let member = member(name, of: type) else { return nil }
    return InferredType(valueType(of: member.type, in: space(of: base)))
  }

  /// Returns the type of `base.index`.
  mutating func inferElement(_ index: Int, of base: Expression, at site: SourceSpan) -> InferredType? {
    if let (loop, type) = loopWithoutValue(base) {
      // The key is there, and all that is said about the rest is that the value is not.
      note(type, of: base.id)
      if index == 1 {
        report(.loopValueNotReadable(loop.map, loop.aggregation, at: site))
        return nil
      }
    }
    guard let type = value(base)?.type else { return nil }
    guard case .tuple(let elements) = type else {
      report(.notATuple(base, type))
      return nil
    }
    guard elements.indices.contains(index) else {
      report(.elementOutOfRange(index, count: elements.count, at: site))
      return nil
    }
    return InferredType(elements[index])
  }

  /// Returns the type of `base[index]`.
  mutating func inferIndex(_ base: Expression, _ index: Expression, at site: SourceSpan) -> InferredType? {
    let type = value(base)?.type
    let indexType = value(index)?.type
    guard let type, let indexType else { return nil }
    guard indexType.asInteger != nil else {
      report(.indexNotInteger(index, indexType))
      return nil
    }
    switch type {
    case .array(let element, let count):
      return isInside(index, count) ? InferredType(valueType(of: element, in: space(of: base))) : nil
    case .string(let capacity):
      let array = typeInMemory(of: base)
      let count = if case .array(_, let count) = array { count } else { capacity }
      return isInside(index, count) ? InferredType(.character) : nil
    case .pointer(let pointee, let space):
      return inferPointee(pointee, in: space, of: base)
    default:
      report(.notIndexable(base, type))
      return nil
    }
  }

  /// Returns `false` and reports it if `index` is known to be no index of an array of `count` elements.
  private mutating func isInside(_ index: Expression, _ count: Int) -> Bool {
    guard let constant = constant(of: index), !(0..<Int64(count)).contains(constant) else { return true }
    report(.indexOutOfRange(constant, count: count, at: index.site))
    return false
  }

  /// Returns the type of `*operand`.
  mutating func inferDereference(_ operand: Expression, _ type: Type) -> InferredType? {
    switch type {
    case .pointer(let pointee, let space): return inferPointee(pointee, in: space, of: operand)
    // A number that can be an address is followed to another one, as in '*(kaddr("avenrun") + 8)'.
    case .integer(let integer) where integer.width == 64: return InferredType(.uint64)
    default:
      report(.cannotDereference(operand, type))
      return nil
    }
  }

  /// Returns the type of values that `pointer`, a pointer to `pointee` in `space`, points to.
  private mutating func inferPointee(
    _ pointee: Type, in space: AddressSpace, of pointer: Expression
  ) -> InferredType? {
    if pointee == .none {
      report(.cannotDereference(pointer, .pointer(to: pointee, space)))
      return nil
    }
    let type = valueType(of: pointee, in: space)
    guard type.fixedSize != nil else {
      report(.incompleteType(type, at: pointer.site, near: types.names(like: type)).explained(by: types))
      return nil
    }
    return InferredType(type)
  }

  /// Returns the type of `&operand`.
  mutating func inferAddress(of operand: Expression, at site: SourceSpan) -> InferredType? {
    guard let type = value(operand)?.type else { return nil }
    switch operand.kind {
    case .scratch: return InferredType(.pointer(to: type, .kernel), isFlexible: true)
    case .map(let name, _):
      if maps[mapNumber(name)].aggregation == nil {
        return InferredType(.pointer(to: type, .kernel), isFlexible: true)
      }
    case .unary(.dereference, let pointer): return inferred(pointer)
    case .index(let base, _):
      if case .pointer = inferred(base)?.type { return inferred(base) }
      if let space = memory(of: base) { return InferredType(.pointer(to: type, space.ofPointers)) }
    case .member(let base, let name):
      if let space = memory(of: operand), let baseType = inferred(base)?.type,
        !baseType.pointeeOrSelf.isRecord, let member = member(name, of: baseType), member.bits == nil
      {
        return InferredType(.pointer(to: member.type.moved(to: space), space.ofPointers))
      }
    default: break
    }
    report(.noAddress(operand))
    return nil
  }

  /// Returns the memory that `expression` is in if it is a variable, or a member or an element of one or of something that
  /// a pointer points to; nil for what is only a copy of a value.
  private mutating func memory(of expression: Expression) -> AddressSpace? {
    switch expression.kind {
    case .scratch: return .kernel
    case .unary(.dereference, _): return space(of: expression)
    case .member(let base, _), .index(let base, _):
      if base.isArguments { return nil }
      if case .record = inferred(base)?.type { return nil }
      if case .pointer(_, let space) = inferred(base)?.type { return space }
      return memory(of: base)
    default: return nil
    }
  }

}
