/// The lengths of instructions of x86-64, as far as it takes to tell where the next one starts.
///
/// See the tables of opcodes in the Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, appendix A.
struct InstructionLength {

  /// The bytes of code.
  private let code: ArraySlice<UInt8>

  /// Where the instruction is read.
  private var position: Int

  /// `true` iff a prefix makes operands 16 bits wide.
  private var hasOperandSize = false

  /// `true` iff a prefix makes addresses 32 bits wide.
  private var hasAddressSize = false

  /// `true` iff a prefix makes operands 64 bits wide.
  private var isWide = false

  /// The opcode, if it is an instruction of the newer forms, on vectors.
  private var vectorOpcode: UInt8?

  /// The greatest length.
  private static let limit = 15

  /// Returns the number of bytes of the instruction at the beginning of `code`, nil if it is none.
  static func of(_ code: ArraySlice<UInt8>) -> Int? {
    var reader = InstructionLength(code: code, position: code.startIndex)
    guard reader.skip(), reader.position <= code.endIndex else { return nil }
    let length = reader.position - code.startIndex
    return length <= limit ? length : nil
  }

  /// Returns the number of bytes of the instruction at the beginning of `code` if the kernel takes it for another one, else nil.
  ///
  /// The kernel does what jumps, calls and some others would do in place of them, and knows them by their opcodes alone, also
  /// where the prefix of a vector instruction gives the same number another meaning: `vpor` begins as it does for `jmp`
  /// (`branch_setup_xol_ops` in arch/x86/kernel/uprobes.c).
  static func ofMisread(_ code: ArraySlice<UInt8>) -> Int? {
    var reader = InstructionLength(code: code, position: code.startIndex)
    guard reader.skip(), let opcode = reader.vectorOpcode else { return nil }
    switch opcode {
    case 0x70...0x7f, 0x90, 0xe8, 0xe9, 0xeb: return reader.position - code.startIndex
    default: return nil
    }
  }

  /// Creates a reader of `code` at `position`.
  private init(code: ArraySlice<UInt8>, position: Int) {
    self.code = code
    self.position = position
  }

  /// Returns the next byte and moves behind it, nil if there is none.
  private mutating func next() -> UInt8? {
    guard position < code.endIndex else { return nil }
    defer { position += 1 }
    return code[position]
  }

  /// Moves behind the instruction; returns `false` iff it is none.
  private mutating func skip() -> Bool {
    while let byte = next() {
      switch byte {
      case 0x66: hasOperandSize = true
      case 0x67: hasAddressSize = true
      case 0xf0, 0xf2, 0xf3, 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65: break
      case 0x40...0x4f:
        // This prefix counts only directly in front of the opcode.
        isWide = byte & 8 != 0
        guard let opcode = next() else { return false }
        return skip(opcode)
      default: return skip(byte)
      }
    }
    return false
  }

  /// The size of a number in an instruction whose size the prefixes decide.
  private var numberSize: Int { hasOperandSize && !isWide ? 2 : 4 }

  /// Moves behind the rest of the instruction with the given opcode.
  private mutating func skip(_ opcode: UInt8) -> Bool {
    switch opcode {
    case 0x0f: return skipTwoByte()
    case 0x00..<0x40:
      switch opcode & 7 {
      case 0...3: return skipOperand()
      case 4: return skipNumber(1)
      case 5: return skipNumber(numberSize)
      default: return false
      }
    case 0x50...0x5f, 0x6c...0x6f, 0x90...0x99, 0x9b...0x9f, 0xa4...0xa7, 0xaa...0xaf, 0xc3, 0xc9, 0xcb, 0xcc,
      0xcf, 0xd7, 0xec...0xef, 0xf1, 0xf4, 0xf5, 0xf8...0xfd:
      return true
    case 0x63, 0x84...0x8f, 0xd0...0xd3, 0xd8...0xdf, 0xfe, 0xff: return skipOperand()
    case 0x68, 0xa9: return skipNumber(numberSize)
    case 0x6a, 0x70...0x7f, 0xa8, 0xb0...0xb7, 0xcd, 0xe0...0xe7, 0xeb: return skipNumber(1)
    case 0x69, 0x81, 0xc7: return skipOperand(behind: numberSize)
    case 0x6b, 0x80, 0x83, 0xc0, 0xc1, 0xc6: return skipOperand(behind: 1)
    case 0xa0...0xa3: return skipNumber(hasAddressSize ? 4 : 8)
    case 0xb8...0xbf: return skipNumber(isWide ? 8 : numberSize)
    case 0xc2, 0xca: return skipNumber(2)
    case 0xc8: return skipNumber(3)
    case 0xe8, 0xe9: return skipNumber(4)
    case 0xf6, 0xf7:
      // Only the first two of the eight operations with this opcode take a number.
      guard position < code.endIndex else { return false }
      let hasNumber = code[position] >> 3 & 7 < 2
      return skipOperand(behind: hasNumber ? (opcode == 0xf6 ? 1 : numberSize) : 0)
    case 0xc5:
      return next() != nil && skipVector(map: 1)
    case 0xc4:
      guard let first = next(), next() != nil else { return false }
      return skipVector(map: first & 0x1f)
    case 0x62:
      guard let first = next(), next() != nil, next() != nil else { return false }
      return skipVector(map: first & 7)
    default: return false
    }
  }

  /// Moves behind the rest of an instruction whose opcode begins with 0x0f.
  private mutating func skipTwoByte() -> Bool {
    guard let opcode = next() else { return false }
    switch opcode {
    case 0x38: return next() != nil && skipOperand()
    case 0x3a: return next() != nil && skipOperand(behind: 1)
    case 0x05...0x09, 0x0b, 0x0e, 0x30...0x37, 0x77, 0xa0...0xa2, 0xa8...0xaa, 0xc8...0xcf: return true
    case 0x04, 0x0a, 0x0c, 0x24...0x27, 0x39, 0x3b...0x3f, 0xa6, 0xa7: return false
    case 0x80...0x8f: return skipNumber(4)
    case 0x0f, 0xa4, 0xac, 0xba: return skipOperand(behind: 1)
    default: return skipOperand(behind: Self.hasByte(vectorOpcode: opcode) ? 1 : 0)
    }
  }

  /// Moves behind the rest of an instruction on vectors, whose opcode is of the given table.
  private mutating func skipVector(map: UInt8) -> Bool {
    guard let opcode = next() else { return false }
    vectorOpcode = opcode
    switch map {
    case 1:
      if opcode == 0x77 { return true }
      return skipOperand(behind: Self.hasByte(vectorOpcode: opcode) ? 1 : 0)
    case 2, 5, 6: return skipOperand()
    case 3: return skipOperand(behind: 1)
    default: return false
    }
  }

  /// Returns `true` iff a number of one byte is behind the operand of the instruction with the given opcode behind 0x0f.
  private static func hasByte(vectorOpcode opcode: UInt8) -> Bool {
    switch opcode {
    case 0x70...0x73, 0xc2, 0xc4...0xc6: true
    default: false
    }
  }

  /// Moves behind a number of `size` bytes.
  private mutating func skipNumber(_ size: Int) -> Bool {
    position += size
    return true
  }

  /// Moves behind an operand, a register or a place in memory, and behind `size` more bytes.
  private mutating func skipOperand(behind size: Int = 0) -> Bool {
    guard let mode = next() else { return false }
    let (kind, base) = (mode >> 6, mode & 7)
    if kind != 3 {
      var hasNoBase = base == 5
      if base == 4 {
        guard let index = next() else { return false }
        hasNoBase = index & 7 == 5
      }
      switch kind {
      case 0: position += hasNoBase ? 4 : 0
      case 1: position += 1
      default: position += 4
      }
    }
    position += size
    return true
  }

}

extension BinaryFile {

  /// Returns the number of bytes of the instruction at `offset` in the file if the kernel would do another one in its place when
  /// there is a probe; else nil.
  public func misreadInstructionLength(atOffset offset: UInt64) -> Int? {
    #if arch(x86_64)
      guard offset < file.count, let code = bytes(atOffset: offset, count: Int(min(16, file.count - offset)))
      else {
        return nil
      }
      return InstructionLength.ofMisread(code[...])
    #else
      return nil
    #endif
  }

  /// Returns `true` iff an instruction starts `offset` bytes behind the place `start` in the file, where one starts; nil if that
  /// cannot be told.
  public func hasInstruction(at offset: UInt64, behind start: UInt64) -> Bool? {
    guard machine == .current else { return nil }
    #if arch(x86_64)
      // Functions are not so large.
      guard offset < 1 << 24, let code = bytes(atOffset: start, count: Int(offset)) else { return nil }
      var position = 0
      while position < code.count {
        guard let length = InstructionLength.of(code[position...]) else {
          // The last one may go on behind what was read: then it does not end there.
          return code.count - position < 15 ? false : nil
        }
        position += length
      }
      return position == code.count
    #else
      return offset % 4 == 0
    #endif
  }

}
