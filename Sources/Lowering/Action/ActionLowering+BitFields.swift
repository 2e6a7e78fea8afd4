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
    if case .address(let address, let space) = location.memory,
      let number = readMovableBits(bits, at: location, address, in: space, as: type)
    {
      return number
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

  /// Emits a read of the bit field at `location`, the given address, if that is one of the kernel's that can be elsewhere on another
  /// kernel; nil if it is not.
  private mutating func readMovableBits(
    _ bits: StructureLayout.BitField, at location: Location, _ address: Operand, in space: AddressSpace,
    as type: Type
  ) -> Operand? {
    let left = 64 - bits.offset - bits.width
    guard isRelocatable, let (owner, name) = location.member, left >= 0,
      module.program.kernelTypes.structures.contains(owner)
    else { return nil }
    let copy = memory.take(size: 8, alignment: 8, in: &builder)
    builder.emit(.zero(copy, count: 8, alignment: 8))
    // Wherever in a byte the bits begin, they are within so many bytes.
    probeRead(min((bits.width + 14) / 8, 8), at: address, in: space, to: copy)
    let above = module.number(Int64(left), of: .shift(owner, member: name), as: location.type)
    let shifted = builder.binary(.shiftLeft, builder.load(.i64, from: copy), above)
    let isSigned = type.asInteger?.isSigned ?? false
    let others = module.number(Int64(64 - bits.width), of: .others(owner, member: name), as: location.type)
    let value = builder.binary(isSigned ? .arithmeticShiftRight : .logicalShiftRight, shifted, others)
    return convert(value, from: isSigned ? .int64 : .uint64, to: type)
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
