import CELF
public import Types

/// Types in the script's terms.
extension DebugInformation {

  /// Returns the layout of `structure`, nil if it is not known.
  public func layout(of structure: StructureName) -> StructureLayout? {
    let known = structures[structure].flatMap { $0.isDeclaration ? nil : $0 }
    guard let entry = known ?? definitions.structures[structure], let size = entry.size else { return nil }
    var members: [StructureLayout.Member] = []
    add(membersOf: entry, named: structure, at: 0, depth: 0, to: &members)
    return StructureLayout(size: size, alignment: alignment(ofSize: size), members: members)
  }

  /// Returns the constants of the enumeration `name`, nil if it is not known.
  public func enumeration(named name: String) -> EnumerationLayout? {
    (enumerations[name] ?? definitions.enumerations[name]).map(layout)
  }

  /// Returns the constant `name` of whatever enumeration with the name of that, which is empty for one without; nil if there
  /// is no such constant.
  public func constant(named name: String) -> (enumeration: String, type: IntegerType, value: Int64)? {
    guard let entry = definitions.constants[name] else { return nil }
    let layout = layout(of: entry)
    return layout[name].map { (entry.name ?? "", layout.type, $0.value) }
  }

  /// Returns the constants of the enumeration `entry`.
  private func layout(of entry: DebugEntry) -> EnumerationLayout {
    let type = integers(of: entry)
    return EnumerationLayout(
      type: type,
      constants: entry.children.compactMap { child in
        guard child.tag == DW_TAG_enumerator, let name = child.name else { return nil }
        let value = type.isSigned ? child.signedNumber(DW_AT_const_value) : nil
        return .init(
          name: name, value: value ?? Int64(bitPattern: child.number(DW_AT_const_value) ?? 0))
      })
  }

  /// Returns the type that is called `name`, nil if none is.
  public func type(named name: String) -> Type? {
    definitions.names[name].flatMap { type(of: $0, called: name) }
  }

  /// Returns the type that `entry` is, nil if scripts have none such; no entry is `void`.
  ///
  /// A structure without a name gets the tag `tag`.
  func type(of entry: DebugEntry?, called tag: String, depth: Int = 0) -> Type? {
    guard let entry else { return Type.none }
    guard depth < Self.depthLimit else { return nil }
    switch entry.tag {
    case DW_TAG_base_type: return number(entry)
    case DW_TAG_pointer_type, DW_TAG_reference_type, DW_TAG_rvalue_reference_type:
      return .pointer(to: type(of: entry.type, called: tag, depth: depth + 1) ?? .none, .user)
    case DW_TAG_array_type: return array(entry, called: tag, depth: depth)
    case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type:
      let keyword: StructureName.Keyword = entry.tag == DW_TAG_union_type ? .union : .struct
      let name = structureName(of: entry) ?? StructureName(keyword, tag)
      if structures[name].map({ $0.isDeclaration && !entry.isDeclaration }) ?? true {
        structures[name] = entry
      }
      if entry.isDeclaration { return .structure(StructureType(name, size: layout(of: name)?.size)) }
      return .structure(
        StructureType(name, size: entry.size, alignment: alignment(ofSize: entry.size ?? 1)))
    case DW_TAG_enumeration_type:
      let name = entry.name ?? ""
      if !name.isEmpty, enumerations[name] == nil { enumerations[name] = entry }
      return name.isEmpty ? .integer(integers(of: entry)) : .enumeration(name: name, integers(of: entry))
    case DW_TAG_typedef: return type(of: entry.type, called: entry.name ?? tag, depth: depth + 1)
    case DW_TAG_const_type, DW_TAG_volatile_type, DW_TAG_restrict_type, DW_TAG_atomic_type,
      DW_TAG_immutable_type, DW_TAG_packed_type, DW_TAG_shared_type:
      return type(of: entry.type, called: tag, depth: depth + 1)
    case DW_TAG_unspecified_type, DW_TAG_subroutine_type: return Type.none
    default: return nil
    }
  }

  /// Returns the name of the structure that `entry` is, nil if it has none.
  func structureName(of entry: DebugEntry) -> StructureName? {
    guard let name = entry.name else { return nil }
    return StructureName(entry.tag == DW_TAG_union_type ? .union : .struct, name)
  }

  /// Adds the members of `entry`, which starts `base` bytes behind the start of the outermost structure, those of what it is
  /// derived from and of anonymous members in their place.
  private func add(
    membersOf entry: DebugEntry, named owner: StructureName, at base: Int, depth: Int,
    to members: inout [StructureLayout.Member]
  ) {
    if depth > 16 { return }
    for child in entry.children {
      let isBase = child.tag == DW_TAG_inheritance
      guard isBase || child.tag == DW_TAG_member, let position = position(of: child, in: entry) else {
        continue
      }
      let offset = base + position.offset
      if let name = child.name, !isBase {
        guard let type = type(of: child.type, called: "\(owner.tag).\(name)"), type != .none,
          !members.contains(where: { $0.name == name })
        else { continue }
        members.append(.init(name: name, type: type, offset: offset, bits: position.bits))
      } else if let inner = unqualified(child.type), inner.isStructure {
        add(membersOf: inner, named: owner, at: offset, depth: depth + 1, to: &members)
      }
    }
  }

  /// Returns where `member` is in `owner`; nil if it is in none of its values.
  private func position(
    of member: DebugEntry, in owner: DebugEntry
  ) -> (offset: Int, bits: StructureLayout.BitField?)? {
    // A base that is shared by several ways is somewhere else in each of them.
    if member.number(DW_AT_virtuality) ?? 0 > 0 { return nil }
    let offset = member.number(DW_AT_data_member_location)
    guard let width = member.number(DW_AT_bit_size) else {
      if offset == nil, owner.tag != DW_TAG_union_type || member.flag(DW_AT_external) { return nil }
      return (Int(truncatingIfNeeded: (offset ?? 0) & 0xffff_ffff), nil)
    }
    var first = member.number(DW_AT_data_bit_offset)
    if first == nil, let old = member.signedNumber(DW_AT_bit_offset) {
      // DWARF 3 counts from the most significant bit of the integer.
      let size = Int64(member.size ?? unqualified(member.type)?.size ?? 4)
      first = UInt64(
        bitPattern: Int64(bitPattern: offset ?? 0) &* 8 &+ size &* 8 &- old &- Int64(bitPattern: width))
    }
    guard let first = first ?? (owner.tag == DW_TAG_union_type ? 0 : nil), first < 1 << 40,
      (1...64).contains(width)
    else { return nil }
    return (Int(first / 8), StructureLayout.BitField(offset: Int(first % 8), width: Int(width)))
  }

  /// Returns `entry` without names and qualifiers, nil for `void`.
  func unqualified(_ entry: DebugEntry?) -> DebugEntry? {
    var entry = entry
    for _ in 0..<Self.depthLimit {
      switch entry?.tag {
      case DW_TAG_typedef, DW_TAG_const_type, DW_TAG_volatile_type, DW_TAG_restrict_type, DW_TAG_atomic_type,
        DW_TAG_immutable_type, DW_TAG_packed_type, DW_TAG_shared_type:
        entry = entry?.type
      default: return entry
      }
    }
    return nil
  }

  /// Returns the number that `entry` is as a type, nil for sizes that scripts do not have.
  private func number(_ entry: DebugEntry) -> Type? {
    let encoding = Int(entry.number(DW_AT_encoding) ?? 0)
    let isSigned = encoding == DW_ATE_signed || encoding == DW_ATE_signed_char
    switch entry.size {
    case 1, 2, 4, 8: return .integer(IntegerType(width: (entry.size ?? 0) * 8, isSigned: isSigned))
    case 16: return .array(of: .uint64, count: 2)
    default: return nil
    }
  }

  /// Returns the integers that represent the enumeration `entry`.
  private func integers(of entry: DebugEntry) -> IntegerType {
    let size = [1, 2, 4, 8].contains(entry.size ?? 4) ? entry.size ?? 4 : 4
    if case .integer(let type) = unqualified(entry.type).flatMap({ number($0) }) {
      return IntegerType(width: size * 8, isSigned: type.isSigned)
    }
    let isSigned = entry.children.contains { ($0.signedNumber(DW_AT_const_value) ?? 0) < 0 }
    return IntegerType(width: size * 8, isSigned: isSigned)
  }

  /// Returns the type that the array `entry` is, nil if there is none.
  private func array(_ entry: DebugEntry, called tag: String, depth: Int) -> Type? {
    guard var type = type(of: entry.type, called: tag, depth: depth + 1) else { return nil }
    let counts = entry.children.filter { $0.tag == DW_TAG_subrange_type }.map { range -> UInt64 in
      range.number(DW_AT_count) ?? range.number(DW_AT_upper_bound).map { $0 &+ 1 } ?? 0
    }
    for count in counts.reversed() {
      guard count <= 1 << 24 else { return nil }
      type = .array(of: type, count: Int(count))
    }
    return type
  }

  /// Returns the number of bytes that addresses of values of `size` bytes are a multiple of, as far as that can be told.
  private func alignment(ofSize size: Int) -> Int {
    [8, 4, 2].first { size % $0 == 0 } ?? 1
  }

}

extension DebugEntry {

  /// `true` iff the entry is a structure, a class or a union.
  var isStructure: Bool { [DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type].contains(tag) }

}
