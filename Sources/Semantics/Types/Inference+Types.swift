import Builtins
import Diagnostics
import IR
import Probes
import Syntax
import Types

/// Names of types, and what is known about the types of values in memory.
extension Inference {

  /// Returns the type that `name` stands for, nil iff there is none, which is reported.
  mutating func resolve(_ name: TypeName) -> Type? {
    do {
      return try name.resolved(in: types) { inferred($0)?.type }
    } catch {
      if let diagnostic = error.diagnostic { report(diagnostic) }
      return nil
    }
  }

  /// Returns the type of values that `name` stands for, nil iff there is none, which is reported.
  mutating func resolveValue(_ name: TypeName) -> Type? {
    guard let type = resolve(name) else { return nil }
    if type.fixedSize != nil { return type }
    report(.noSize(name.site))
    return nil
  }

  /// Notes that the value of the expression `id` is known now, and what it is if it can be otherwise on another kernel.
  mutating func note(constant: Int64, of id: NodeID, from origin: KernelFact.Subject?) {
    constants[id] = constant
    origins[id] = origin
  }

  /// Returns `true` iff the structure `name` is the kernel's.
  func isKernels(_ name: StructureName) -> Bool { types.ofKernel.structures.contains(name) }

  /// Returns the value of `expression` if it is known now.
  func constant(of expression: Expression) -> Int64? {
    expression.constant { constants[$0.id] }
  }

  /// Returns the member `name` of a value of `type`, or of what it points to; nil iff there is none, which is reported.
  mutating func member(_ name: Name, of type: Type) -> StructureLayout.Member? {
    let structure: StructureType
    switch type {
    case .structure(let type), .pointer(.structure(let type), _): structure = type
    default:
      report(.noMember(name, of: type))
      return nil
    }
    guard let layout = types.layout(of: structure.name) else {
      report(
        .incompleteType(
          type.pointeeOrSelf, at: name.site, near: types.names(like: type.pointeeOrSelf)
        ).explained(by: types))
      return nil
    }
    if let member = layout[name.text] { return member }
    report(.unknownMember(name, of: structure.name, among: layout.members))
    return nil
  }

  /// Returns the type of values of `type` that are read from memory in `space`.
  ///
  /// Characters in a row are text, with room for a zero byte should there be none; an array without a number of elements is the address of the first.
  func valueType(of type: Type, in space: AddressSpace) -> Type {
    switch type.moved(to: space) {
    case .array(let element, 0): .pointer(to: element, space.ofPointers)
    case .array(.character, let count): .string(capacity: count + 1)
    case let moved: types.completed(moved)
    }
  }

  /// Returns the type of `expression` as C has it, which for characters in a row is an array of them and not a text.
  mutating func typeInMemory(of expression: Expression) -> Type? {
    switch expression.kind {
    case .member(let base, let name) where !base.isArguments:
      guard let type = value(base)?.type, !type.pointeeOrSelf.isRecord else { break }
      return member(name, of: type)?.type
    case .index(let base, _):
      switch typeInMemory(of: base) {
      case .array(let element, let count) where count > 0: return element
      case .pointer(let pointee, _): return types.completed(pointee)
      default: break
      }
    case .unary(.dereference, let pointer):
      if case .pointer(let pointee, _) = value(pointer)?.type { return types.completed(pointee) }
    default: break
    }
    return value(expression)?.type
  }

  /// Returns the memory that the members of `expression`, a structure or an array, come from.
  mutating func space(of expression: Expression) -> AddressSpace {
    if case .pointer(_, let space) = inferred(expression)?.type { return space }
    switch expression.kind {
    case .member(let base, _), .index(let base, _), .unary(.dereference, let base): return space(of: base)
    default: return probe.addressSpace
    }
  }

  /// Returns the type of `(name = value, …)`.
  mutating func inferRecord(_ fields: [(name: Name, value: Expression)]) -> InferredType? {
    var types: [RecordField] = []
    var isKnown = true
    for (index, field) in fields.enumerated() {
      if let first = fields[..<index].first(where: { $0.name.text == field.name.text }) {
        report(.redefinedMember(field.name.text, at: field.name.site, first: first.name.site))
        isKnown = false
      }
      guard let type = value(field.value)?.type else {
        isKnown = false
        continue
      }
      types.append(RecordField(field.name.text, type))
    }
    return isKnown ? InferredType(.record(types)) : nil
  }

}

extension Type {

  /// C's `char`.
  static let character = Type.integer(IntegerType(width: 8, isSigned: true))

  /// `true` iff the value is a record.
  var isRecord: Bool { if case .record = self { true } else { false } }

  /// What the type points to if it is a pointer, else the type itself.
  var pointeeOrSelf: Type { if case .pointer(let pointee, _) = self { pointee } else { self } }

  /// Returns the type of a value that was read from `space`: pointers in the memory of a process point into that.
  func moved(to space: AddressSpace) -> Type {
    switch self {
    case .pointer(let pointee, let own):
      .pointer(to: pointee.moved(to: space), own == .user ? .user : space.ofPointers)
    case .array(let element, let count): .array(of: element.moved(to: space), count: count)
    default: self
    }
  }

}

extension AddressSpace {

  /// The memory that pointers in this memory point into.
  var ofPointers: AddressSpace { self == .user ? .user : .kernel }

}
