import IR

/// Numbers of helpers that do not exist, which stand for functions of the kernel until the object is made.
///
/// A call of a function of the kernel is told from that of a helper by a register number in the instruction. LLVM writes one
/// for symbols only, and for those libbpf would take in all of the kernel's types.
struct KernelCallPlaceholders {

  /// The functions, the first one called as the helper `base`.
  private var functions: [KernelCall] = []

  /// The number that stands for the first function.
  private static let base = 0x7000_0000

  /// `BPF_JMP | BPF_CALL` in include/uapi/linux/bpf.h: the first byte of a call.
  private static let call: UInt8 = 0x85

  /// `BPF_PSEUDO_KFUNC_CALL` in include/uapi/linux/bpf.h, where an instruction has the number of its source register.
  private static let kernelFunction: UInt8 = 2 << 4

  /// Returns the number of the helper that stands for `function`.
  mutating func number(of function: KernelCall) -> Int {
    if let index = functions.firstIndex(of: function) { return Self.base + index }
    functions.append(function)
    return Self.base + functions.count - 1
  }

  /// Returns `object`, an ELF file of LLVM's, with calls of the functions in place of those of the helpers.
  func replaced(in object: [UInt8]) -> [UInt8] {
    if functions.isEmpty { return object }
    var bytes = object
    /// Returns the number of `size` bytes at `offset`.
    func number(_ offset: Int, _ size: Int) -> Int {
      (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    // The header of an ELF file and those of its sections, see elf(5).
    let (headers, headerSize, count) = (number(0x28, 8), number(0x3a, 2), number(0x3c, 2))
    for header in (0..<count).map({ headers + $0 * headerSize }) {
      let (type, flags) = (number(header + 4, 4), number(header + 8, 8))
      // SHT_PROGBITS, SHF_EXECINSTR
      guard type == 1, flags & 4 != 0 else { continue }
      let (start, size) = (number(header + 24, 8), number(header + 32, 8))
      for instruction in stride(from: start, to: start + size, by: 8)
      where bytes[instruction] == Self.call && bytes[instruction + 1] >> 4 == 0 {
        let index = number(instruction + 4, 4) - Self.base
        guard functions.indices.contains(index) else { continue }
        bytes[instruction + 1] |= Self.kernelFunction
        let function = UInt32(bitPattern: functions[index].number)
        for i in 0..<4 { bytes[instruction + 4 + i] = UInt8(truncatingIfNeeded: function >> (8 * i)) }
      }
    }
    return bytes
  }

}
