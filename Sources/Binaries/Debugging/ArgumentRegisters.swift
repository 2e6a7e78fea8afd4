import CELF

/// The registers in which a function finds its arguments, by the rules of the machine: those of the System V ABI for x86-64,
/// and of the Procedure Call Standard for the Arm 64-bit Architecture.
struct ArgumentRegisters {

  #if arch(x86_64)
    /// How debug information numbers the registers for integer arguments, in the order of the arguments.
    static let dwarfNumbers = [5, 4, 1, 2, 8, 9]
  #else
    /// How debug information numbers the registers for integer arguments, in the order of the arguments.
    static let dwarfNumbers = Array(0...7)
  #endif

  /// The number of registers that are taken.
  private var takenCount = 0

  /// Starts in front of the first argument of a function that returns a value of type `result`, `void` if nil.
  init(returning result: DebugEntry?, in information: DebugInformation) {
    #if arch(x86_64)
      // Where to put a result that no register holds is told by an argument in front of all others.
      if let result, result.isStructure, Self.isInMemory(result) { takenCount = 1 }
    #endif
  }

  /// Returns the number of the register that an argument of type `type` is in, nil if it is in several or in none; what follows
  /// is in the next ones.
  mutating func take(_ type: DebugEntry?, in information: DebugInformation) -> Int? {
    guard let type else { return nil }
    if type.tag == DW_TAG_base_type {
      if Int(type.number(DW_AT_encoding) ?? 0) == DW_ATE_float { return nil }
      return take((type.size ?? 8) > 8 ? 2 : 1)
    }
    if !type.isStructure { return take(1) }
    if Self.isByReference(type) {
      _ = take(1)
      return nil
    }
    if Self.isInMemory(type) || Self.consistsOfFractions(type, in: information, depth: 0) { return nil }
    let register = take((type.size ?? 0) > 8 ? 2 : 1)
    return type.size ?? 0 > 8 ? nil : register
  }

  /// Returns the number of the first of `count` registers, nil if there are not so many left.
  private mutating func take(_ count: Int) -> Int? {
    guard takenCount + count <= Self.dwarfNumbers.count else { return nil }
    defer { takenCount += count }
    return takenCount
  }

  /// Returns `true` iff values of the structure `type` are passed by their addresses.
  private static func isByReference(_ type: DebugEntry) -> Bool {
    if type.number(DW_AT_calling_convention) == UInt64(DW_CC_pass_by_reference) { return true }
    #if arch(x86_64)
      return false
    #else
      return type.size ?? 0 > 16
    #endif
  }

  /// Returns `true` iff values of the structure `type` are passed on the stack.
  private static func isInMemory(_ type: DebugEntry) -> Bool {
    type.size ?? 0 > 16 || type.number(DW_AT_calling_convention) == UInt64(DW_CC_pass_by_reference)
  }

  /// Returns `true` iff the structure `type` has floating-point numbers only, which are passed in registers of their own.
  private static func consistsOfFractions(
    _ type: DebugEntry, in information: DebugInformation, depth: Int
  ) -> Bool {
    if depth > 8 { return false }
    let members = type.children.filter { $0.tag == DW_TAG_member && !$0.flag(DW_AT_external) }
    return !members.isEmpty
      && members.allSatisfy { member in
        var inner = information.unqualified(member.type)
        if inner?.tag == DW_TAG_array_type { inner = information.unqualified(inner?.type) }
        guard let inner else { return false }
        if inner.isStructure { return consistsOfFractions(inner, in: information, depth: depth + 1) }
        return Int(inner.number(DW_AT_encoding) ?? 0) == DW_ATE_float
      }
  }

}
