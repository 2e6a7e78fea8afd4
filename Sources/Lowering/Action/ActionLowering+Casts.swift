import Builtins
import IR
import Semantics
import Syntax
import Types

/// Casts: numbers become numbers of another width, and everything else keeps its bytes.
extension ActionLowering {

  /// Emits a cast of `operand`.
  mutating func lowerCast(of operand: Expression, to type: Type) -> LoweredValue {
    let source = self.type(of: operand)
    if type.isScalar {
      if source.isScalar {
        let value = type.isPointer ? scalarOperand(operand) : number(of: operand)
        return .scalar(convert(value, from: source, to: type))
      }
      return .scalar(convert(word(of: operand, source), from: .uint64, to: type))
    }
    let place = memory.take(size: type.size, alignment: 8, in: &builder)
    switch (source, type) {
    case (_, .array) where source.isScalar:
      let number = IntegerType(width: type.size * 8, isSigned: source.asInteger?.isSigned ?? false)
      builder.store(scalar(operand, as: .integer(number)), to: place)
    case (.string(let capacity), .array(_, let count)):
      copyBytes(from: memory(operand), capacity, to: place, count: count)
    case (.array(_, let count), .string(let capacity)):
      copyBytes(from: memory(operand), min(count, capacity - 1), to: place, count: type.size)
    case (.buffer(let capacity), .array), (.buffer(let capacity), .structure):
      // The bytes stand behind their count.
      copyBytes(from: memory(operand).advanced(by: 4), capacity, to: place, count: type.size)
    case (.structure, .array), (.array, .structure):
      copyBytes(from: memory(operand), type.size, to: place, count: type.size)
    case (.array(let a, _), .array(let b, _)) where a != b:
      copyBytes(from: memory(operand), type.size, to: place, count: type.size)
    default: write(operand, as: type, to: place)
    }
    return .memory(place)
  }

  /// Emits the instructions that copy up to `available` bytes from `source` to `target`, where `count` bytes are wanted;
  /// zeros stand in for those that are missing.
  private mutating func copyBytes(from source: Place, _ available: Int, to target: Place, count: Int) {
    if available < count { builder.emit(.zero(target, count: count, alignment: 8)) }
    builder.emit(
      .copy(to: target, from: source, count: min(available, count), alignment: source.alignment))
  }

  /// Emits the instructions that make a number of the up to 8 bytes of `operand`, an array.
  private mutating func word(of operand: Expression, _ type: Type) -> Operand {
    let copy = memory.take(size: 8, alignment: 8, in: &builder)
    copyBytes(from: memory(operand), type.size, to: copy, count: 8)
    return builder.load(.i64, from: copy)
  }

}
