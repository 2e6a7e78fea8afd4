internal import CLLVM

/// Types of keys, values and variables.
extension DebugInformation {

  /// DWARF's number for truth values, `DW_ATE_boolean`.
  private static let boolean: LLVMDWARFTypeEncoding = 2

  /// DWARF's number for characters, `DW_ATE_signed_char`.
  private static let signedCharacter: LLVMDWARFTypeEncoding = 6

  /// DWARF's number for unsigned integers, `DW_ATE_unsigned`.
  private static let unsigned: LLVMDWARFTypeEncoding = 7

  /// Returns what describes `type`.
  func metadata(of type: DebugType) -> LLVMMetadataRef? {
    switch type {
    case .integer(let name, let size, let isSigned):
      return basic(
        name, size: size, isSigned ? DebugInformation.signed : DebugInformation.unsigned)
    case .bool: return basic("bool", size: 1, DebugInformation.boolean)
    // Readers know text by this name.
    case .character: return basic("char", size: 1, DebugInformation.signedCharacter)
    case .pointer: return LLVMDIBuilderCreatePointerType(builder, nil, 64, 0, 0, "", 0)
    case .array(let element, let count):
      return array(of: metadata(of: element), size: 8 * element.size, count: count)
    case .structure(let name, let size, let members):
      var elements: [LLVMMetadataRef?] = members.map { member in
        LLVMDIBuilderCreateMemberType(
          builder, file, member.name, member.name.utf8.count, file, 0, UInt64(8 * member.type.size), 0,
          UInt64(8 * member.offset), LLVMDIFlagZero, metadata(of: member.type))
      }
      return LLVMDIBuilderCreateStructType(
        builder, file, name, name.utf8.count, file, 0, UInt64(8 * size), 0, LLVMDIFlagZero, nil, &elements,
        UInt32(elements.count), 0, nil, "", 0)
    case .enumeration(let name, let size, let isSigned, let constants):
      var elements: [LLVMMetadataRef?] = constants.map {
        LLVMDIBuilderCreateEnumerator(builder, $0.name, $0.name.utf8.count, $0.value, isSigned ? 0 : 1)
      }
      return LLVMDIBuilderCreateEnumerationType(
        builder, file, name, name.utf8.count, file, 0, UInt64(8 * size), 0, &elements,
        UInt32(elements.count), nil)
    }
  }

  /// Returns what describes a type that consists of nothing else.
  private func basic(_ name: String, size: Int, _ encoding: LLVMDWARFTypeEncoding) -> LLVMMetadataRef? {
    LLVMDIBuilderCreateBasicType(builder, name, name.utf8.count, UInt64(8 * size), encoding, LLVMDIFlagZero)
  }

}
