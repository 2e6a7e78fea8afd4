import Builtins
import IR
import Probes
import Semantics
import Syntax
import Types

extension ActionLowering {

  /// Emits the instructions of `expression` and returns its value, which has the type that analysis found.
  mutating func lower(_ expression: Expression) -> LoweredValue {
    let type = type(of: expression)
    if let value = lowerAccess(expression) { return value }
    switch expression.kind {
    case .integer(let literal):
      return .scalar(.constant(Int64(bitPattern: literal.value), type.registerType))
    case .boolean(let value): return .scalar(.constant(value ? 1 : 0, .i8))
    case .string(let bytes): return .memory(literalText(bytes))
    case .identifier("args"): return .memory(arguments(as: type))
    case .identifier(let name):
      if let number = noted(of: expression.id) {
        if case .constant(let value, _) = number { return .scalar(.constant(value, type.registerType)) }
        return .scalar(convert(number, from: .uint64, to: type))
      }
      return lowerBuiltin(Name(name, at: expression.site), arguments: [], of: expression)
    case .call(let name, let arguments): return lowerBuiltin(name, arguments: arguments, of: expression)
    case .scratch:
      guard let index = action.references[expression.id] else {
        preconditionFailure("an unresolved variable")
      }
      switch variables[index] {
      case .local(let local): return .scalar(builder.get(local))
      case .memory(let place):
        return type.isScalar ? .scalar(builder.load(type.registerType, from: place)) : .memory(place)
      }
    case .map(let name, let key): return lowerMapRead(name, key: key, as: type)
    case .unary(.addressOf, let operand): return .scalar(lowerAddress(of: operand))
    case .unary(let operation, let operand): return lowerUnary(operation, operand, as: type)
    case .step(let target, let direction, let isPrefix):
      return .scalar(lowerStep(of: target, direction, isPrefix: isPrefix, isUsed: true))
    case .binary(let operation, let a, let b, _): return .scalar(lowerBinary(operation, a, b, as: type))
    case .ternary(let test, let then, let otherwise):
      return lowerTernary(test, then: then, otherwise: otherwise, as: type)
    case .cast(_, let operand): return lowerCast(of: operand, to: type)
    case .member(let base, let name): return lowerMember(name, of: base)
    case .element(let base, let index): return lowerElement(index, of: base)
    case .tuple, .record:
      let place = memory.take(size: type.size, alignment: 8, in: &builder)
      write(expression, as: type, to: place)
      return .memory(place)
    case .block(let block, let value): return lowerBlock(block, value, as: type)
    case .index: preconditionFailure("an element without a place")
    case .positional, .positionalCount, .type: preconditionFailure("an expression that analysis lets through")
    }
  }

  /// Emits the instructions of `expression` and returns its value as it is.
  mutating func scalarOperand(_ expression: Expression) -> Operand {
    guard case .scalar(let operand) = lower(expression) else { preconditionFailure("not a scalar") }
    return operand
  }

  /// Emits the instructions of `expression` and returns an `i8` that is not 0 iff it is true.
  mutating func condition(_ expression: Expression) -> Operand {
    convert(scalarOperand(expression), from: type(of: expression), to: .bool)
  }

  /// Emits the conversion of `operand` from one scalar type to another.
  mutating func convert(_ operand: Operand, from source: Type, to target: Type) -> Operand {
    let from = source.registerType
    let to = target.registerType
    if target == .bool {
      return source == .bool ? operand : builder.binary(.notEqual, operand, .constant(0, from))
    }
    if case .constant(let value, _) = operand {
      return .constant(source.truncated(value), to)
    }
    if from == to { return operand }
    if to.size < from.size { return builder.convert(operand, .truncate, to: to) }
    let isSigned = source.asInteger?.isSigned ?? false
    return builder.convert(operand, isSigned ? .signExtend : .zeroExtend, to: to)
  }

  /// Returns where the text `bytes` is, followed by a zero byte.
  private mutating func literalText(_ bytes: [UInt8]) -> Place { module.constant(bytes + [0]) }

  /// Emits the instructions of a use of the builtin `name`.
  private mutating func lowerBuiltin(
    _ name: Name, arguments: [Expression], of expression: Expression
  ) -> LoweredValue {
    let imported = module.program.functions[name.text].map { ImportedFunction(name.text, $0) }
    guard let builtin = BuiltinTable.builtin(named: name.text) ?? imported else {
      preconditionFailure("an unknown builtin")
    }
    return builtin.lower(
      BuiltinCall(id: expression.id, name: name, arguments: arguments, site: expression.site), in: &self)
  }

  /// Emits `test ? then : otherwise`; without `then` the value of the test stands for it.
  private mutating func lowerTernary(
    _ test: Expression, then: Expression?, otherwise: Expression, as type: Type
  ) -> LoweredValue {
    if type == .none {
      let holds = condition(test)
      lowerBranch(
        holds, then: { lowering in if let then { _ = lowering.lower(then) } },
        otherwise: { _ = $0.lower(otherwise) })
      return .none
    }
    if type.isScalar {
      let result = builder.local(type.registerType)
      let value = scalarOperand(test)
      let holds = convert(value, from: self.type(of: test), to: .bool)
      lowerBranch(
        holds,
        then: { lowering in
          let operand =
            then.map { lowering.scalar($0, as: type) }
            ?? lowering.convert(value, from: lowering.type(of: test), to: type)
          lowering.builder.set(result, to: operand)
        },
        otherwise: { $0.builder.set(result, to: $0.scalar(otherwise, as: type)) })
      return .scalar(builder.get(result))
    }
    let place = memory.take(size: type.size, alignment: 8, in: &builder)
    let holds = condition(test)
    lowerBranch(
      holds, then: { $0.write(then ?? test, as: type, to: place) },
      otherwise: { $0.write(otherwise, as: type, to: place) })
    return .memory(place)
  }

  /// Emits a read of `args.name`, or of the field `name` of a record.
  private mutating func lowerMember(_ name: Name, of base: Expression) -> LoweredValue {
    if base.isArguments {
      guard let field = action.context.fields?.first(where: { $0.name == name.text }) else {
        preconditionFailure("an unknown field")
      }
      return lower(field)
    }
    guard case .record(let fields) = type(of: base),
      let index = fields.firstIndex(where: { $0.name == name.text })
    else { preconditionFailure("an unknown member") }
    return part(of: memory(base), at: index, in: fields.map(\.type))
  }

  /// Emits a read of an element of a tuple.
  private mutating func lowerElement(_ index: Int, of base: Expression) -> LoweredValue {
    guard case .tuple(let types) = type(of: base) else { preconditionFailure("not a tuple") }
    return part(of: memory(base), at: index, in: types)
  }

  /// Emits a read of the value at `index` of values of the given types at `place`.
  private mutating func part(of place: Place, at index: Int, in types: [Type]) -> LoweredValue {
    let part = place.advanced(by: StructLayout(of: types).offsets[index])
    guard types[index].isScalar else { return .memory(part) }
    return .scalar(builder.load(types[index].registerType, from: part))
  }

  /// Emits the instructions that make a record of type `type` of all fields of the context, and returns where it is.
  private mutating func arguments(as type: Type) -> Place {
    guard case .record(let fields) = type, let sources = action.context.fields else {
      preconditionFailure("a probe without arguments")
    }
    let layout = StructLayout(of: fields.map(\.type))
    let place = memory.take(size: type.size, alignment: 8, in: &builder)
    builder.emit(.zero(place, count: type.size, alignment: 8))
    for (index, source) in sources.enumerated() {
      let target = place.advanced(by: layout.offsets[index])
      let type = fields[index].type
      switch lower(source) {
      case .none: preconditionFailure("a field without a value")
      case .scalar(let operand): builder.store(operand, to: target)
      case .memory(let from): copy(from: from, type, to: target, type)
      }
    }
    return place
  }

  /// Emits a copy of a value of `type` in a context that consists of words, and returns where it is.
  private mutating func copyOfWords(_ place: Place, _ type: Type) -> Place {
    let size = type.size.rounded(upToMultipleOf: 8)
    let copy = memory.take(size: size, alignment: 8, in: &builder)
    builder.emit(.copy(to: copy, from: place, count: size, alignment: 8))
    return copy
  }

  /// Emits a read of a field of the context.
  private mutating func lower(_ field: ContextField) -> LoweredValue {
    if let value = lowerMovable(field) { return value }
    let place = Place(.context, offset: field.value.offset)
    if field.isDataLocation {
      let location = builder.load(.i32, from: place)
      return .scalar(dataAddress(location, from: builder.convert(.context, .toInteger, to: .i64)))
    }
    if case .string(let capacity) = field.value.type {
      // Nobody knows what is behind the zero byte, nor whether there is one.
      return .memory(readText(at: address(of: place), by: .probeReadKernelString, capacity: capacity + 1))
    }
    guard field.value.type.isScalar else {
      return .memory(
        action.context.programKind.isLoadedForTarget ? copyOfWords(place, field.value.type) : place)
    }
    return .scalar(builder.load(field.value.type.registerType, from: place))
  }

}

extension Type {

  /// Returns `value` cut to the width of the type and extended again by its signedness.
  fileprivate func truncated(_ value: Int64) -> Int64 {
    guard let integer = asInteger else { return value }
    switch (integer.width, integer.isSigned) {
    case (8, true): return Int64(Int8(truncatingIfNeeded: value))
    case (8, false): return Int64(UInt8(truncatingIfNeeded: value))
    case (16, true): return Int64(Int16(truncatingIfNeeded: value))
    case (16, false): return Int64(UInt16(truncatingIfNeeded: value))
    case (32, true): return Int64(Int32(truncatingIfNeeded: value))
    case (32, false): return Int64(UInt32(truncatingIfNeeded: value))
    default: return value
    }
  }

}
