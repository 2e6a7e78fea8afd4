import IR
import Semantics
import Types

/// Bit fields.
extension ActionLowering {

  /// Emits a read of the bit field `bits` at `location` as a number of the type `type`.
  mutating func readBits(
    _ bits: StructureLayout.BitField, at location: Location, as type: Type
  ) -> Operand {
    let count = bits.byteCount
    if case .tracked(let address) = location.memory, let number = readTrackedBits(address, count: count) {
      return cut(bits, out: number, left: 64 - bits.offset - bits.width, as: type)
    }
    let copy = memory.take(size: 16, alignment: 8, in: &builder)
    builder.emit(.zero(copy, count: 16, alignment: 8))
    switch location.memory {
    case .place(let place):
      builder.emit(.copy(to: copy, from: place, count: count, alignment: place.alignment))
    case .address(let address, let space): probeRead(count, at: address, in: space, to: copy)
    case .tracked(let address): probeRead(count, at: self.number(of: address), in: .kernel, to: copy)
    }
    var number = builder.load(.i64, from: copy)
    var left = 64 - bits.offset - bits.width
    if left < 0 {
      // Only packed structures spread 64 bits over 9 bytes.
      let low = builder.binary(.logicalShiftRight, number, .constant(Int64(bits.offset), .i64))
      let rest = builder.load(.i64, from: copy.advanced(by: 8))
      let high = builder.binary(.shiftLeft, rest, .constant(Int64(64 - bits.offset), .i64))
      number = builder.binary(.or, low, high)
      left = 64 - bits.width
    }
    return cut(bits, out: number, left: left, as: type)
  }

  /// Emits what makes a number of the type `type` of the bits of `number` that have `left` bits above them.
  private mutating func cut(
    _ bits: StructureLayout.BitField, out number: Operand, left: Int, as type: Type
  ) -> Operand {
    let isSigned = type.asInteger?.isSigned ?? false
    let shifted = builder.binary(.shiftLeft, number, .constant(Int64(left), .i64))
    let value = builder.binary(
      isSigned ? .arithmeticShiftRight : .logicalShiftRight, shifted,
      .constant(Int64(64 - bits.width), .i64))
    return convert(value, from: isSigned ? .int64 : .uint64, to: type)
  }

}
