import Builtins
import IR
import Kernel
import Probes
import Semantics
import Syntax
import Types

/// Pointers whose types the verifier knows: programs follow them by plain loads, which give zero where nothing can be read.
extension ActionLowering {

  /// Where the value of an expression is, seen from a pointer whose type the verifier knows.
  private struct TrackedPath {

    /// The pointer, nil for the context.
    let root: Expression?

    /// The structure that it points to.
    let structure: StructureName

    /// The number of bytes from its start.
    var offset: Int

    /// The members on the way from there.
    var steps: [KernelFact.Step] = []

    /// The type of the value.
    var type: Type

    /// `true` iff the value is a pointer that the verifier knows the type of.
    var isTracked: Bool

  }

  /// Returns the structure that `pointer` points to if the verifier knows that it does.
  func trackedStructure(_ pointer: Expression) -> StructureName? {
    trackedStructure(pointer, knowing: trackedVariables)
  }

  /// Returns the structure that `pointer` points to if the verifier knows that it does, given what it knows of variables.
  func trackedStructure(_ pointer: Expression, knowing variables: TrackedVariables) -> StructureName? {
    // What the verifier lets a program load by way of a pointer differs from kernel to kernel.
    guard case .pointer(.structure(let structure), let space) = type(of: pointer), space != .user,
      !isLong, !isRelocatable || isFindingTypedAddress, isKernelStructure(structure.name)
    else { return nil }
    let name = structure.name
    switch pointer.kind {
    case .scratch:
      guard let index = action.references[pointer.id], variables.certain.contains(index) else { return nil }
      return name
    case .cast(_, let operand):
      return trackedStructure(operand, knowing: variables) == name ? name : nil
    case .member(let base, let member) where base.isArguments:
      let field = action.context.fields?.first { $0.name == member.text }
      return field?.value.isTracked ?? false ? name : nil
    case .member:
      guard let path = trackedPath(pointer, knowing: variables) else { return nil }
      if path.root == nil { return path.isTracked ? name : nil }
      let access = TrackedAccess(to: path.offset, size: 8, in: path.structure, on: module.kernel)
      return access == .pointer(name) ? name : nil
    default:
      if pointer.isBuiltin("retval") { return action.context.returnValue?.isTracked ?? false ? name : nil }
      if pointer.isBuiltin("curtask") { return hasTypedTask ? name : nil }
      return nil
    }
  }

  /// `true` iff the verifier knows what the current task is.
  private var hasTypedTask: Bool { module.kernel.status(of: .currentTaskBTF).isAvailable }

  /// Returns `true` iff the structure `name` of the script is the kernel's.
  private func isKernelStructure(_ name: StructureName) -> Bool {
    guard let layout = module.program.table.structures[name] else { return true }
    return layout == module.kernel.layout(of: name)
  }

  /// Returns where the value of `expression` is, nil if it is not reached from a pointer of a known type at a distance that is
  /// known now.
  private func trackedPath(_ expression: Expression, knowing variables: TrackedVariables) -> TrackedPath? {
    switch expression.kind {
    case .member(let base, let name) where !base.isArguments:
      guard var path = pathOfTarget(base, knowing: variables) ?? trackedPath(base, knowing: variables),
        case .structure(let structure) = path.type,
        let member = module.kernel.layout(of: structure.name)?[name.text]
      else { return nil }
      path.offset += member.offset
      path.steps.append(.member(name.text))
      path.type = member.type
      path.isTracked = member.isTracked
      return path
    default: return nil
    }
  }

  /// Returns where the target of `pointer` is if that is the context or a pointer of a known type.
  private func pathOfTarget(_ pointer: Expression, knowing variables: TrackedVariables) -> TrackedPath? {
    if let structure = contextStructure(pointer) {
      return TrackedPath(
        root: nil, structure: structure, offset: 0, type: .structure(StructureType(structure)),
        isTracked: false)
    }
    guard let structure = trackedStructure(pointer, knowing: variables) else { return nil }
    return TrackedPath(
      root: pointer, structure: structure, offset: 0, type: .structure(StructureType(structure)),
      isTracked: false)
  }

  /// Returns the structure that describes the context if `pointer` is `ctx`.
  private func contextStructure(_ pointer: Expression) -> StructureName? {
    guard pointer.isBuiltin("ctx"), case .structure(let structure) = action.context.contextType else {
      return nil
    }
    return structure.name
  }

  /// Emits what is needed to find what `pointer` points to if the verifier knows its type, or if that is the context, and
  /// returns where it is.
  mutating func trackedTarget(of pointer: Expression, _ pointee: Type) -> Location? {
    if contextStructure(pointer) != nil {
      return Location(memory: .place(Place(.context)), type: completed(pointee))
    }
    guard let structure = trackedStructure(pointer) else { return nil }
    let address = TrackedAddress(base: trackedPointer(pointer), structure: structure)
    return Location(memory: .tracked(address), type: completed(pointee))
  }

  /// Emits `pointer`, of which the verifier knows the type, and returns it as a `ptr`.
  ///
  /// - Requires: `trackedStructure(pointer)` is not nil.
  mutating func trackedPointer(_ pointer: Expression) -> Operand {
    switch pointer.kind {
    case .scratch:
      guard let index = action.references[pointer.id], case .local(let local) = variables[index] else {
        preconditionFailure("a variable in memory")
      }
      return builder.convert(builder.get(local), .toPointer, to: .pointer)
    case .cast(_, let operand): return trackedPointer(operand)
    case .member(let base, let name) where base.isArguments:
      guard let field = action.context.fields?.first(where: { $0.name == name.text }) else {
        preconditionFailure("an unknown field")
      }
      return builder.load(.pointer, from: Place(.context, offset: field.value.offset))
    case .member:
      guard let path = trackedPath(pointer, knowing: trackedVariables) else {
        preconditionFailure("a member that is not known")
      }
      module.require(Int64(path.offset), of: .offset(path.structure, path.steps), as: path.type)
      guard let root = path.root else {
        return builder.load(.pointer, from: Place(.context, offset: path.offset))
      }
      var address = TrackedAddress(base: trackedPointer(root), structure: path.structure)
      address.offset = path.offset
      return load(.pointer, from: address)
    default:
      if pointer.isBuiltin("curtask") { return builder.call(.getCurrentTaskBTF) }
      guard let value = action.context.returnValue else { preconditionFailure("an unknown pointer") }
      return builder.load(.pointer, from: Place(.context, offset: value.offset))
    }
  }

  /// Emits a load from `address`, which gives zero where nothing can be read.
  ///
  /// The verifier wants a look at pointers that may be null, and which those are differs from kernel to kernel.
  private mutating func load(_ type: IRType, from address: TrackedAddress) -> Operand {
    let result = builder.local(type == .pointer ? .i64 : type)
    builder.set(result, to: .constant(0, type == .pointer ? .i64 : type))
    let isThere = builder.isNotNull(address.base)
    builder.branch(isThere) { builder in
      // What follows is not made one with loads by way of other pointers: an instruction may load by way of one kind only.
      let value = builder.opaque(builder.load(type, from: address.place))
      builder.set(result, to: type == .pointer ? builder.convert(value, .toInteger, to: .i64) : value)
    }
    let value = builder.get(result)
    return type == .pointer ? builder.convert(value, .toPointer, to: .pointer) : value
  }

  /// Emits a read of a value of the type `type`, which is one of `stored` in memory, at `address`; nil if plain loads
  /// cannot do that.
  mutating func readTracked(_ address: TrackedAddress, _ stored: Type, as type: Type) -> LoweredValue? {
    let access: (Int) -> TrackedAccess? = { [kernel = module.kernel] size in
      TrackedAccess(to: address.offset, size: size, in: address.structure, on: kernel)
    }
    // As a value a pointer is a number, which the verifier must know it by.
    if stored.isScalar && type.isScalar {
      return access(stored.size) == .number ? .scalar(load(type.registerType, from: address)) : nil
    }
    let count = stored.isString ? 0 : stored.size
    guard case .array(.integer, _) = stored, (1...64).contains(count), access(count) == .number else {
      return nil
    }
    let copy = memory.take(size: type.size, alignment: 8, in: &builder)
    builder.emit(.zero(copy, count: type.size, alignment: 8))
    let isThere = builder.isNotNull(address.base)
    builder.branch(isThere) {
      $0.emit(.copy(to: copy, from: address.place, count: count, alignment: address.place.alignment))
    }
    return .memory(type.isString ? cleaned(copy, of: type) : copy)
  }

  /// Emits a read of the `count` bytes of a bit field at `address` as a number; nil if plain loads cannot do that.
  mutating func readTrackedBits(_ address: TrackedAddress, count: Int) -> Operand? {
    for type in [IRType.i8, .i16, .i32, .i64] where type.size >= count {
      guard
        TrackedAccess(to: address.offset, size: type.size, in: address.structure, on: module.kernel)
          == .number
      else { continue }
      let value = load(type, from: address)
      return type == .i64 ? value : builder.convert(value, .zeroExtend, to: .i64)
    }
    return nil
  }

  /// Emits the address as a number.
  mutating func number(of address: TrackedAddress) -> Operand {
    let base = builder.convert(address.base, .toInteger, to: .i64)
    return address.offset == 0 ? base : builder.binary(.add, base, .constant(Int64(address.offset), .i64))
  }

  /// Returns `true` iff the value of `expression`, a scalar, may be a pointer whose type the verifier knows.
  func mayBeTracked(_ expression: Expression) -> Bool { mayBeTracked(expression, knowing: trackedVariables) }

  /// Returns `true` iff the value of `expression`, a scalar, may be such a pointer, given which variables may be one.
  func mayBeTracked(_ expression: Expression, knowing variables: TrackedVariables) -> Bool {
    switch expression.kind {
    case .scratch: action.references[expression.id].map { variables.possible.contains($0) } ?? false
    case .cast(_, let operand):
      // A cast to a number gives one that may be computed with.
      type(of: expression).isPointer && mayBeTracked(operand, knowing: variables)
    case .unary(.plus, let operand): mayBeTracked(operand, knowing: variables)
    case .ternary(let test, let then, let otherwise):
      mayBeTracked(then ?? test, knowing: variables) || mayBeTracked(otherwise, knowing: variables)
    case .block(_, let value): mayBeTracked(value, knowing: variables)
    case .member(let base, let name) where base.isArguments:
      action.context.fields?.first { $0.name == name.text }?.value.isTracked ?? false
    case .member(let base, _): pathOfTarget(base, knowing: variables).map { $0.root == nil } ?? false
    case .identifier(let name): mayBeTracked(builtin: name)
    case .call(let name, _): mayBeTracked(builtin: name.text)
    default: false
    }
  }

  /// Returns `true` iff the value of the builtin `name` may be such a pointer.
  private func mayBeTracked(builtin name: String) -> Bool {
    if name == "retval" { return action.context.returnValue?.isTracked ?? false }
    guard name.hasPrefix("arg"), let number = Int(name.dropFirst(3)),
      action.context.arguments.indices.contains(number)
    else { return false }
    return action.context.arguments[number].isTracked
  }

  /// Emits `expression`, a scalar, as a number that may be computed with: the verifier lets programs only compare the pointers
  /// that it knows, and add to them.
  ///
  /// Helpers read what it knows, and it knows nothing about what they have read.
  mutating func number(of expression: Expression) -> Operand {
    let value = scalarOperand(expression)
    guard mayBeTracked(expression), builder.type(of: value) == .i64 else { return value }
    return plainNumber(value)
  }

  /// Emits `address`, which the verifier may know, as a number of which it knows nothing.
  mutating func plainNumber(_ address: Operand) -> Operand {
    let source = memory.take(size: 8, alignment: 8, in: &builder)
    let target = memory.take(size: 8, alignment: 8, in: &builder)
    builder.store(address, to: source)
    probeRead(8, at: self.address(of: .place(source)), in: .kernel, to: target)
    return builder.load(.i64, from: target)
  }

  /// Finds the variables that hold pointers whose types the verifier knows.
  func findTrackedVariables() -> TrackedVariables {
    if isLong { return TrackedVariables() }
    let excluded = action.addressedVariables.union(loopVariables.usedInTurns)
    return TrackedVariables(
      of: action, excluding: excluded,
      isCertain: { value, index, variables in
        guard case .pointer(.structure(let structure), _) = action.variables[index].type else { return false }
        return trackedStructure(value, knowing: variables) == structure.name
      },
      isPossible: { mayBeTracked($0, knowing: $1) || trackedStructure($0, knowing: $1) != nil })
  }

}

extension Type {

  /// `true` iff the value is an address.
  var isPointer: Bool { if case .pointer = self { true } else { false } }

}

extension Expression {

  /// Returns `true` iff the expression is the builtin value `name`, with or without parentheses.
  fileprivate func isBuiltin(_ name: String) -> Bool {
    switch kind {
    case .identifier(let own): own == name
    case .call(let own, let arguments): own.text == name && arguments.isEmpty
    default: false
    }
  }

}
