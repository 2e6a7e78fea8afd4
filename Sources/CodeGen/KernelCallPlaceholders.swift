import IR

/// Numbers of helpers that do not exist, which stand for functions of the kernel until the object is made.
///
/// A call of a function of the kernel is told from that of a helper by a register number in the instruction. LLVM writes one
/// for symbols only, and for those libbpf would take in all of the kernel's types.
struct KernelCallPlaceholders {

  /// The functions, the first one called as the helper `base`.
  private(set) var functions: [KernelCall] = []

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
    guard !functions.isEmpty, var file = ObjectFile(object) else { return object }
    // SHT_PROGBITS, SHF_EXECINSTR
    for section in file.sections where section.type == 1 && section.flags & 4 != 0 {
      for instruction in stride(from: section.range.lowerBound, to: section.range.upperBound, by: 8)
      where file.bytes[instruction] == Self.call && file.bytes[instruction + 1] >> 4 == 0 {
        let index = file.integer(at: instruction + 4, size: 4) - Self.base
        guard functions.indices.contains(index) else { continue }
        file.bytes[instruction + 1] |= Self.kernelFunction
        file.set(Int(functions[index].number), size: 4, at: instruction + 4)
      }
    }
    return file.bytes
  }

}
