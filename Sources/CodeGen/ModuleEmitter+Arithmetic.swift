import IR
import LLVM

/// Operations on numbers. Nothing is undefined: what LLVM leaves open is made what BPF and the language say.
extension ModuleEmitter {

  /// Emits an operation on two numbers.
  mutating func emitBinary(_ r: Register, _ operation: BinaryOperation, _ a: Operand, _ b: Operand) {
    let type = self.type(self.type(of: a))
    let (x, y) = (value(a), value(b, as: type))
    let isConstant = if case .constant = b { true } else { false }
    switch operation {
    case .add: define(r, llvm.emit(.add, x, y))
    case .subtract: define(r, llvm.emit(.subtract, x, y))
    case .multiply: define(r, llvm.emit(.multiply, x, y))
    case .and: define(r, llvm.emit(.and, x, y))
    case .or: define(r, llvm.emit(.or, x, y))
    case .xor: define(r, llvm.emit(.xor, x, y))
    case .shiftLeft: define(r, emitShift(.shiftLeft, x, by: y, isConstant: isConstant))
    case .logicalShiftRight: define(r, emitShift(.logicalShiftRight, x, by: y, isConstant: isConstant))
    case .arithmeticShiftRight:
      define(r, emitShift(.arithmeticShiftRight, x, by: y, isConstant: isConstant))
    case .unsignedDivide: define(r, emitDivision(.unsignedDivide, x, y))
    case .unsignedRemainder: define(r, emitDivision(.unsignedRemainder, x, y))
    case .signedDivide: define(r, emitSignedDivision(.unsignedDivide, x, y))
    case .signedRemainder: define(r, emitSignedDivision(.unsignedRemainder, x, y))
    case .equal: frame.define(r, condition: llvm.emit(.equal, x, y))
    case .notEqual: frame.define(r, condition: llvm.emit(.notEqual, x, y))
    case .unsignedLess: frame.define(r, condition: llvm.emit(.unsignedLess, x, y))
    case .unsignedLessOrEqual: frame.define(r, condition: llvm.emit(.unsignedLessOrEqual, x, y))
    case .signedLess: frame.define(r, condition: llvm.emit(.signedLess, x, y))
    case .signedLessOrEqual: frame.define(r, condition: llvm.emit(.signedLessOrEqual, x, y))
    }
  }

  /// Emits a shift by the low bits of `distance`, as the kernel's machine and x86 do it.
  private func emitShift(
    _ operation: IntegerOperation, _ x: Value, by distance: Value, isConstant: Bool
  ) -> Value {
    let mask = llvm.constant(Int64(x.type.width - 1), width: x.type.width)
    return llvm.emit(operation, x, llvm.emit(.and, distance, mask))
  }

  /// Emits an unsigned division or remainder, which is 0 where the divisor is.
  private func emitDivision(_ operation: IntegerOperation, _ x: Value, _ divisor: Value) -> Value {
    let zero = llvm.zero(x.type)
    let isZero = llvm.emit(.equal, divisor, zero)
    let safe = llvm.select(isZero, llvm.constant(1, width: x.type.width), divisor)
    return llvm.select(isZero, zero, llvm.emit(operation, x, safe))
  }

  /// Emits a signed division or remainder by the unsigned `operation`, because BPF has none before its fourth version.
  ///
  /// A quotient is negative iff one of the numbers is, a remainder iff `x` is. The least number divided by -1 is itself.
  private func emitSignedDivision(_ operation: IntegerOperation, _ x: Value, _ divisor: Value) -> Value {
    let zero = llvm.zero(x.type)

    /// Returns `value` negated iff `isNegative`.
    func negate(_ value: Value, if isNegative: Value) -> Value {
      llvm.select(isNegative, llvm.emit(.subtract, zero, value), value)
    }

    let xIsNegative = llvm.emit(.signedLess, x, zero)
    let divisorIsNegative = llvm.emit(.signedLess, divisor, zero)
    let result = emitDivision(
      operation, negate(x, if: xIsNegative), negate(divisor, if: divisorIsNegative))
    let isNegative =
      operation == .unsignedDivide ? llvm.emit(.xor, xIsNegative, divisorIsNegative) : xIsNegative
    return negate(result, if: isNegative)
  }

  /// Emits a conversion to the type of `r`.
  func emit(_ conversion: Conversion, _ a: Operand, to r: Register) -> Value {
    let type = type(of: r)
    switch conversion {
    case .zeroExtend, .truncate: return llvm.resize(value(a), to: type)
    case .signExtend: return llvm.resize(value(a), to: type, isSigned: true)
    case .toPointer, .toInteger: return value(a, as: type)
    case .opaque: return llvm.opaque(value(a, as: type), number: r.number)
    }
  }

}
