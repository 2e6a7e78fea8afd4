import IR
import Probes
import Types

extension CallLowering {

  /// Emits the instructions that find the value of the type `integer` that `computed` describes.
  mutating func computedValue(_ computed: ComputedValue, _ integer: IntegerType) -> Operand {
    let type = IRType.integer(width: integer.width)
    switch computed {
    case .constant(let number):
      let shift = 64 - integer.width
      let value =
        integer.isSigned
        ? (number << shift) >> shift : Int64(bitPattern: (UInt64(bitPattern: number) << shift) >> shift)
      return .constant(value, type)
    case .part(let offset, let size):
      return part(at: offset, size: size, as: type, isSigned: integer.isSigned)
    case .memory(let memory):
      let copy = temporary(size: 8, alignment: 8)
      builder.call(
        .probeReadUser, .address(copy), .constant(Int64(integer.width / 8), .i32), address(of: memory))
      return builder.load(type, from: copy)
    case .unreadable: preconditionFailure("a value that was not checked")
    }
  }

  /// Emits the instructions that add up the address of `memory`.
  private mutating func address(of memory: UserMemory) -> Operand {
    var sum = Operand.constant(memory.displacement, .i64)
    for base in memory.bases {
      sum = builder.binary(.add, sum, builder.load(.i64, from: Place(.context, offset: base)))
    }
    if let index = memory.index {
      let number = part(at: index.offset, size: index.size, as: .i64, isSigned: index.isSigned)
      let scaled =
        index.shift == 0 ? number : builder.binary(.shiftLeft, number, .constant(Int64(index.shift), .i64))
      sum = builder.binary(.add, sum, scaled)
    }
    return sum
  }

  /// Emits the instructions that load `size` bytes at `offset` in the context and extend them to `type`.
  ///
  /// Registers are loaded as a whole: the verifier allows that for programs of all kinds that have them.
  private mutating func part(at offset: Int, size: Int, as type: IRType, isSigned: Bool) -> Operand {
    var value = builder.load(.i64, from: Place(.context, offset: offset & ~7))
    if offset % 8 != 0 {
      value = builder.binary(.logicalShiftRight, value, .constant(Int64(offset % 8 * 8), .i64))
    }
    if size < 8 {
      value = builder.convert(value, .truncate, to: .integer(width: size * 8))
    }
    if size < type.size { return builder.convert(value, isSigned ? .signExtend : .zeroExtend, to: type) }
    return value
  }

}
