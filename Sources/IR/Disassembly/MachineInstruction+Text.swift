/// The text of instructions, in the form of the kernel's verifier and of LLVM's assembler: arithmetic on 32 bits is that of
/// registers called `w`.
extension MachineInstruction {

  /// What is referred to by name: what a load of a constant of 64 bits or a call is about.
  typealias Referent = String

  /// Returns the text of the instruction with the given number, which is about `referent`.
  func text(at number: Int, about referent: Referent?) -> String {
    switch family {
    case .loadConstant: loadConstantText(about: referent)
    case .load: "\(register(destination, bits: loadedBits)) = \(memory(source))"
    case .storeConstant: "\(memory(destination)) = \(immediate)"
    case .store: storeText
    case .arithmetic: arithmeticText(bits: 64)
    case .arithmetic32: arithmeticText(bits: 32)
    case .jump: isCall ? "call \(referent ?? callText(at: number))" : jumpText(at: number, bits: 64)
    case .jump32: jumpText(at: number, bits: 32)
    }
  }

  /// The text of what nobody knows the meaning of.
  private var unknown: String {
    let digits = String(code, radix: 16)
    return "unknown 0x\(digits.count < 2 ? "0" : "")\(digits)"
  }

  /// Returns the name of a register of which `bits` bits count.
  private func register(_ number: Int, bits: Int = 64) -> String { "\(bits == 64 ? "r" : "w")\(number)" }

  /// Returns the second operand of a jump or of arithmetic.
  private func operand(bits: Int) -> String {
    usesSource ? register(source, bits: bits) : String(immediate)
  }

}

/// Memory.
extension MachineInstruction {

  /// How the address is given and what is done there.
  private enum Mode: UInt8 {
    case memory = 3
    case signedMemory = 4
    case atomic = 6
  }

  /// The mode, if it is one that programs have.
  private var mode: Mode? { Mode(rawValue: code >> 5) }

  /// The number of bits that are loaded or stored.
  private var accessBits: Int { [32, 16, 8, 64][Int(code >> 3 & 3)] }

  /// The number of bits of a register that a load writes.
  private var loadedBits: Int { mode == .signedMemory || accessBits == 64 ? 64 : 32 }

  /// Returns the text of an address: that in the register `base` and the offset.
  private func address(_ base: Int) -> String {
    offset < 0 ? "r\(base) - \(-offset)" : "r\(base) + \(offset)"
  }

  /// Returns the text of the memory behind the address in the register `base`.
  private func memory(_ base: Int) -> String {
    switch mode {
    case .memory, .atomic: "*(u\(accessBits) *)(\(address(base)))"
    case .signedMemory: "*(s\(accessBits) *)(\(address(base)))"
    case nil: unknown
    }
  }

  /// Returns the text of a load of a constant of 64 bits.
  private func loadConstantText(about referent: Referent?) -> String {
    guard isWide else { return unknown }
    let constant = Int64(upperHalf) << 32 | Int64(UInt32(bitPattern: immediate))
    return "r\(destination) = \(referent ?? String(constant)) ll"
  }

  /// The text of a store or an atomic operation.
  private var storeText: String {
    let value = register(source, bits: accessBits == 64 ? 64 : 32)
    if mode == .memory { return "\(memory(destination)) = \(value)" }
    guard mode == .atomic else { return unknown }
    let place = "(u\(accessBits) *)(\(address(destination)))"
    let operators: [Int32: (sign: String, name: String)] = [
      0: ("+=", "add"), 0x40: ("|=", "or"), 0x50: ("&=", "and"), 0xa0: ("^=", "xor"),
    ]
    if let found = operators[immediate] { return "lock *\(place) \(found.sign) \(value)" }
    if let found = operators[immediate & ~1] {
      return "\(value) = atomic_fetch_\(found.name)(\(place), \(value))"
    }
    switch immediate {
    case 0xe1: return "\(value) = xchg(\(place), \(value))"
    case 0xf1: return "r0 = cmpxchg(\(place), r0, \(value))"
    default: return unknown
    }
  }

}

/// Arithmetic and jumps.
extension MachineInstruction {

  /// Returns the text of an operation on numbers of `bits` bits.
  private func arithmeticText(bits: Int) -> String {
    let result = register(destination, bits: bits)
    let operators = ["+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "", "%=", "^=", "=", "s>>="]
    switch operation {
    case 8: return "\(result) = -\(result)"
    case 3 where offset == 1: return "\(result) s/= \(operand(bits: bits))"
    case 9 where offset == 1: return "\(result) s%= \(operand(bits: bits))"
    case 11 where offset != 0: return "\(result) = (s\(offset))\(operand(bits: bits))"
    case 13:
      let order = bits == 64 ? "bswap" : usesSource ? "be" : "le"
      return "r\(destination) = \(order)\(immediate) r\(destination)"
    default:
      guard operators.indices.contains(Int(operation)) else { return unknown }
      return "\(result) \(operators[Int(operation)]) \(operand(bits: bits))"
    }
  }

  /// Returns the text of a jump on numbers of `bits` bits.
  private func jumpText(at number: Int, bits: Int) -> String {
    guard let target = target(from: number) else { return operation == 9 ? "exit" : unknown }
    let operators = ["", "==", ">", ">=", "&", "!=", "s>", "s>=", "", "", "<", "<=", "s<", "s<="]
    if operation == 0 { return "goto \(target)" }
    guard operators.indices.contains(Int(operation)), !operators[Int(operation)].isEmpty else {
      return unknown
    }
    let condition = "\(register(destination, bits: bits)) \(operators[Int(operation)]) \(operand(bits: bits))"
    return "if \(condition) goto \(target)"
  }

  /// Returns what is called where nothing has a name: a helper by its number, or a function of the object.
  private func callText(at number: Int) -> String {
    if source == 1 { return String(number + 1 + Int(immediate)) }
    return Helper(rawValue: Int(immediate))?.name ?? String(immediate)
  }

}
