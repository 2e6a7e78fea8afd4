import Output
import Types

/// Values of types that tables describe: structures and enumerations.
extension ValueDecoder {

  /// Returns the structure `name` at `offset` with all its members, nil if it is not all there.
  func structure(_ name: StructureName, at offset: Int, in bytes: RawBytes) -> Value? {
    guard let layout = types.structures[name] else { return nil }
    var fields: [Value.Field] = []
    fields.reserveCapacity(layout.members.count)
    for member in layout.members {
      guard let value = value(of: member, at: offset + member.offset, in: bytes) else { return nil }
      fields.append(Value.Field(member.name, value))
    }
    return .record(fields)
  }

  /// Returns the value of `member` at `offset`, nil if it is not all there.
  private func value(of member: StructureLayout.Member, at offset: Int, in bytes: RawBytes) -> Value? {
    if let bits = member.bits { return value(of: bits, as: member.type, at: offset, in: bytes) }
    return memberValue(of: member.type, at: offset, in: bytes)
  }

  /// Returns the value of `type` in a structure, where characters in a row are text.
  private func memberValue(of type: Type, at offset: Int, in bytes: RawBytes) -> Value? {
    guard case .array(let element, let count) = type else { return value(of: type, at: offset, in: bytes) }
    if element == .integer(IntegerType(width: 8, isSigned: true)) {
      return value(of: .string(capacity: count), at: offset, in: bytes)
    }
    return array(of: element, count: count, at: offset, in: bytes)
  }

  /// Returns `count` values of `element` in a row at `offset`, nil if they are not all there.
  func array(of element: Type, count: Int, at offset: Int, in bytes: RawBytes) -> Value? {
    var elements: [Value] = []
    for index in 0..<count {
      guard let value = memberValue(of: element, at: offset + index * element.size, in: bytes) else {
        return nil
      }
      elements.append(value)
    }
    return .array(elements)
  }

  /// Returns the bit field `bits`, a number of the type `type` whose first byte is at `offset`; nil if it is not all there.
  private func value(
    of bits: StructureLayout.BitField, as type: Type, at offset: Int, in bytes: RawBytes
  ) -> Value? {
    guard let data = bytes.slice(offset, count: bits.byteCount) else { return nil }
    let all = data.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    let unused = UInt64(64 - bits.width)
    let number = UInt64(truncatingIfNeeded: all >> UInt128(bits.offset)) << unused
    let isSigned = type.asInteger?.isSigned ?? false
    let extended =
      isSigned ? UInt64(bitPattern: Int64(bitPattern: number) >> Int64(unused)) : number >> unused
    switch type {
    case .bool: return .bool(extended != 0)
    case .enumeration(let name, let integer): return enumeration(name, integer, bits: extended)
    default: return isSigned ? .signed(Int64(bitPattern: extended)) : .unsigned(extended)
    }
  }

  /// Returns the value of the enumeration `name` at `offset`, nil if it is not all there.
  func enumeration(_ name: String, _ type: IntegerType, at offset: Int, in bytes: RawBytes) -> Value? {
    bytes.bits(offset, width: type.width, isSigned: type.isSigned).map { enumeration(name, type, bits: $0) }
  }

  /// Returns the value of the enumeration `name` with the given 64 bits: the first constant that has it, or the number.
  private func enumeration(_ name: String, _ type: IntegerType, bits: UInt64) -> Value {
    let number = Int64(bitPattern: bits)
    if let constant = types.enumerations[name]?.constants.first(where: { $0.value == number }) {
      return .symbol(Array(constant.name.utf8), bits)
    }
    return type.isSigned ? .signed(number) : .unsigned(bits)
  }

}
