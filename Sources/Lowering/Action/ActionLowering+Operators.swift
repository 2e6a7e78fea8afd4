import Builtins
import IR
import Semantics
import Syntax
import Types

extension ActionLowering {

  /// Emits `operation operand`.
  mutating func lowerUnary(_ operation: UnaryOperator, _ operand: Expression, as type: Type) -> LoweredValue {
    switch operation {
    case .negate:
      return .scalar(builder.binary(.subtract, .constant(0, type.registerType), scalar(operand, as: type)))
    case .complement:
      return .scalar(builder.binary(.xor, scalar(operand, as: type), .constant(-1, type.registerType)))
    case .not:
      return .scalar(builder.binary(.equal, condition(operand), .constant(0, .i8)))
    case .plus: return .scalar(scalar(operand, as: type))
    case .dereference, .addressOf: preconditionFailure("an operator on memory")
    }
  }

  /// Emits `a operation b` and returns its value, which has the type `type`.
  mutating func lowerBinary(
    _ operation: BinaryOperator, _ a: Expression, _ b: Expression, as type: Type
  ) -> Operand {
    switch operation {
    case .and, .or: return lowerLogic(operation, a, b)
    case .equal, .notEqual:
      let isEqual = equality(of: a, and: b)
      return operation == .equal ? isEqual : builder.binary(.equal, isEqual, .constant(0, .i8))
    default:
      let left = number(of: a)
      let right = number(of: b)
      return binary(operation, left, self.type(of: a), right, self.type(of: b), result: type)
    }
  }

  /// Emits an operation on two scalars of the given types and returns its value, which has the type `result`.
  mutating func binary(
    _ operation: BinaryOperator, _ a: Operand, _ typeOfA: Type, _ b: Operand, _ typeOfB: Type, result: Type
  ) -> Operand {
    let left = convert(a, from: typeOfA, to: .int64)
    let right = convert(b, from: typeOfB, to: .int64)
    if let comparison = operation.comparison(isSigned: Type.comparesSigned(typeOfA, typeOfB)) {
      return comparison.isSwapped
        ? builder.binary(comparison.operation, right, left)
        : builder.binary(comparison.operation, left, right)
    }
    if operation == .subtract, case .pointer(let pointee, _) = typeOfA, case .pointer = typeOfB {
      let distance = builder.binary(.subtract, left, right)
      let step = stepSize(of: pointee)
      return step == 1 ? distance : builder.binary(.signedDivide, distance, .constant(step, .i64))
    }
    let isSigned = (operation == .shiftRight ? typeOfA : result).asInteger?.isSigned ?? false
    // An address that is subtracted from a number is a number too.
    let first = operation == .add ? scaled(left, by: typeOfB, operation, with: typeOfA) : left
    let value = builder.binary(
      operation.arithmetic(isSigned: isSigned), first, scaled(right, by: typeOfA, operation, with: typeOfB))
    return convert(value, from: .int64, to: result)
  }

  /// Emits the multiplication of `operand`, a number by which a pointer of the type `type` is moved, with the size of what it
  /// points to; other operands are left alone.
  private mutating func scaled(
    _ operand: Operand, by type: Type, _ operation: BinaryOperator, with own: Type
  ) -> Operand {
    guard case .pointer(let pointee, _) = type, operation == .add || operation == .subtract, own.isInteger
    else { return operand }
    let step = stepSize(of: pointee)
    if case .constant(let number, _) = operand { return .constant(number &* step, .i64) }
    return step == 1 ? operand : builder.binary(.multiply, operand, .constant(step, .i64))
  }

  /// Returns the number of bytes from a value of the type `pointee` to the next; that of nothing known is 1, as gcc has it.
  private mutating func stepSize(of pointee: Type) -> Int64 {
    if pointee == .none { return 1 }
    let type = completed(pointee)
    requireSize(of: type)
    return Int64(type.size)
  }

  /// Returns what a step adds to a value of `type`: 1, or the size of what a pointer points to.
  private mutating func stepSize(ofValue type: Type) -> Int64 {
    if case .pointer(let pointee, _) = type { return stepSize(of: pointee) }
    return 1
  }

  /// Emits `a && b` or `a || b`: `b` is evaluated only if `a` does not decide.
  private mutating func lowerLogic(_ operation: BinaryOperator, _ a: Expression, _ b: Expression) -> Operand {
    let result = builder.local(.i8)
    let first = condition(a)
    builder.set(result, to: first)
    let second: (inout ActionLowering) -> Void = { $0.builder.set(result, to: $0.condition(b)) }
    if operation == .and {
      lowerBranch(first, then: second)
    } else {
      lowerBranch(first, then: { _ in }, otherwise: second)
    }
    return builder.get(result)
  }

  /// Emits `target++`, `--target` … and returns its value; the value is of no meaning unless `isUsed`.
  mutating func lowerStep(
    of target: Expression, _ direction: StepDirection, isPrefix: Bool, isUsed: Bool
  ) -> Operand {
    let type = type(of: target)
    if case .map(let name, let key) = target.kind {
      let amount = Operand.constant(stepSize(ofValue: type) * direction.amount, .i64)
      let old = addToMap(name, key: key, amount: amount, isUsed: isUsed)
      let value = isPrefix ? builder.binary(.add, old, amount) : old
      return isUsed ? convert(value, from: .int64, to: type) : value
    }
    guard let index = action.references[target.id] else { preconditionFailure("an unresolved variable") }
    let old = variable(index)
    let amount = stepSize(ofValue: type) * direction.amount
    let new = builder.binary(.add, old, .constant(amount, type.registerType))
    set(variable: index, to: new)
    return isPrefix ? new : old
  }

}

extension StepDirection {

  /// What is added.
  var amount: Int64 { self == .up ? 1 : -1 }

}

extension Type {

  /// Returns `true` iff values of the two types are compared as signed numbers: unless one of them is a number that only
  /// 64 bits without a sign hold.
  fileprivate static func comparesSigned(_ a: Type, _ b: Type) -> Bool {
    let wide = IntegerType.uint64
    return a.asInteger != wide && b.asInteger != wide
  }

}

extension BinaryOperator {

  /// Returns the operation on integers that an arithmetic operator stands for.
  fileprivate func arithmetic(isSigned: Bool) -> BinaryOperation {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: isSigned ? .signedDivide : .unsignedDivide
    case .remainder: isSigned ? .signedRemainder : .unsignedRemainder
    case .shiftLeft: .shiftLeft
    case .shiftRight: isSigned ? .arithmeticShiftRight : .logicalShiftRight
    case .bitAnd: .and
    case .bitOr: .or
    case .bitXor: .xor
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or:
      preconditionFailure("not an arithmetic operator")
    }
  }

  /// Returns the operation that an operator of order stands for and whether its operands are exchanged, nil for others.
  fileprivate func comparison(isSigned: Bool) -> (operation: BinaryOperation, isSwapped: Bool)? {
    switch self {
    case .less: (isSigned ? .signedLess : .unsignedLess, false)
    case .lessOrEqual: (isSigned ? .signedLessOrEqual : .unsignedLessOrEqual, false)
    case .greater: (isSigned ? .signedLess : .unsignedLess, true)
    case .greaterOrEqual: (isSigned ? .signedLessOrEqual : .unsignedLessOrEqual, true)
    default: nil
    }
  }

}
