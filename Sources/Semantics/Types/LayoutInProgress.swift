import Types

/// A layout to which members are added one by one.
///
/// Bit fields follow the System V ABI of x86-64, "Structures and Unions", which that of arm64 agrees with where bit
/// fields have names: a bit field is never in two units of its type, unless the structure is packed.
struct LayoutInProgress {

  /// `true` iff all members start at 0.
  let isUnion: Bool

  /// `true` iff there is no room between members.
  let isPacked: Bool

  /// The members so far.
  private(set) var members: [StructureLayout.Member] = []

  /// The number of bits so far.
  private(set) var bitPosition = 0

  /// The number of bits of the longest member, for unions.
  private var greatestSize = 0

  /// The alignment so far.
  private var alignment = 1

  /// Creates a layout without members.
  init(isUnion: Bool, isPacked: Bool) {
    self.isUnion = isUnion
    self.isPacked = isPacked
  }

  /// Makes the alignment of the whole at least `alignment`.
  mutating func raise(alignmentTo alignment: Int) { self.alignment = max(self.alignment, alignment) }

  /// Makes room for `size` bytes and returns their offset.
  private mutating func place(size: Int, alignment: Int) -> Int {
    raise(alignmentTo: alignment)
    if isUnion { bitPosition = 0 }
    let offset = bitPosition.rounded(upToMultipleOf: alignment * 8)
    bitPosition = offset + size * 8
    greatestSize = max(greatestSize, bitPosition)
    return offset / 8
  }

  /// Adds a member; attributes ask that it is packed or aligned at least to `alignment`.
  mutating func add(_ type: Type, size: Int, named name: String, isPacked: Bool, alignment: Int) {
    let natural = self.isPacked || isPacked ? 1 : type.alignment
    let offset = place(size: size, alignment: max(natural, alignment))
    members.append(.init(name: name, type: type, offset: offset))
  }

  /// Adds the members of an anonymous member.
  mutating func add(anonymous layout: StructureLayout) {
    let offset = place(size: layout.size, alignment: isPacked ? 1 : layout.alignment)
    members += layout.members.map { $0.advanced(by: offset) }
  }

  /// Adds a bit field of `width` bits, declared with `type`; without a name it only takes room, and without a width it
  /// ends the unit.
  mutating func add(bits width: Int, of type: Type, named name: String?) {
    let unit = type.size * 8
    if isUnion { bitPosition = 0 }
    if width == 0 {
      bitPosition = bitPosition.rounded(upToMultipleOf: unit)
      return
    }
    if !isPacked && bitPosition / unit != (bitPosition + width - 1) / unit {
      bitPosition = bitPosition.rounded(upToMultipleOf: unit)
    }
    if let name {
      if !isPacked { raise(alignmentTo: type.alignment) }
      members.append(
        .init(
          name: name, type: type, offset: bitPosition / 8,
          bits: .init(offset: bitPosition % 8, width: width)))
    }
    bitPosition += width
    greatestSize = max(greatestSize, bitPosition)
  }

  /// The layout with the padding at its end.
  var finished: StructureLayout {
    let bytes = ((isUnion ? greatestSize : bitPosition) + 7) / 8
    return StructureLayout(
      size: bytes.rounded(upToMultipleOf: alignment), alignment: alignment, members: members)
  }

}
