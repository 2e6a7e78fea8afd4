/// An instruction of the BPF machine, see Documentation/bpf/standardization/instruction-set.rst in the kernel's sources.
struct MachineInstruction: Hashable {

  /// The operation.
  let code: UInt8

  /// The register that is written, compared or the base of an address in memory that is written.
  let destination: Int

  /// The other register.
  let source: Int

  /// An offset of an address or the distance of a jump; some operations have variants by it.
  let offset: Int

  /// A constant.
  let immediate: Int32

  /// The upper half of a constant of 64 bits, which the next eight bytes have.
  var upperHalf: Int32 = 0

  /// The number of bytes of an instruction; a load of a constant of 64 bits takes two.
  static let size = 8

  /// Reads the instruction at `offset` of `file`.
  init(at place: Int, of file: ObjectFile) {
    let registers = file.integer(at: place + 1, size: 1)
    code = UInt8(file.integer(at: place, size: 1))
    destination = registers & 15
    source = registers >> 4
    offset = Int(Int16(truncatingIfNeeded: file.integer(at: place + 2, size: 2)))
    immediate = Int32(truncatingIfNeeded: file.integer(at: place + 4, size: 4))
    if isWide { upperHalf = Int32(truncatingIfNeeded: file.integer(at: place + 12, size: 4)) }
  }

  /// The families of operations, by the lower three bits of the code.
  enum Family: UInt8 {
    case loadConstant = 0
    case load = 1
    case storeConstant = 2
    case store = 3
    case arithmetic32 = 4
    case jump = 5
    case jump32 = 6
    case arithmetic = 7
  }

  /// The family.
  var family: Family {
    guard let result = Family(rawValue: code & 7) else { preconditionFailure("three bits have eight values") }
    return result
  }

  /// The operation of a jump or of arithmetic.
  var operation: UInt8 { code >> 4 }

  /// `true` iff the second operand of a jump or of arithmetic is a register.
  var usesSource: Bool { code & 8 != 0 }

  /// `true` iff it is the load of a constant of 64 bits.
  var isWide: Bool { code == 0x18 }

  /// `true` iff it is a call.
  var isCall: Bool { family == .jump && operation == 8 }

  /// The number of the instruction that it may go on with, if it is the one with the given number and a jump.
  func target(from number: Int) -> Int? {
    switch (family, operation) {
    case (.jump, 8), (.jump, 9): nil
    case (.jump32, 0): number + 1 + Int(immediate)
    case (.jump, _), (.jump32, _): number + 1 + offset
    default: nil
    }
  }

}
