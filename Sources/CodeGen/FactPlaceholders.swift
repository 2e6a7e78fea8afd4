import IR

/// Numbers that stand for facts about the kernel until the object is made: constants of 64 bits that no script has, each of which
/// LLVM loads by an instruction of its own.
enum FactPlaceholders {

  /// The upper 40 bits of all of them.
  private static let mark: Int64 = 0x4170_7573_21

  /// `BPF_LD | BPF_DW | BPF_IMM` in include/uapi/linux/bpf.h: the first byte of a load of 64 bits, which takes two slots.
  private static let load: UInt8 = 0x18

  /// Returns the number that stands for the fact with the given index.
  static func number(of fact: Int) -> Int64 {
    precondition(fact < 1 << 24, "more facts than there are numbers")
    return mark << 24 | Int64(fact)
  }

  /// Returns the instructions of `object`, an ELF file of LLVM's, that load such a number.
  static func uses(in object: [UInt8]) -> [BPFObject.FactUse] {
    guard let file = ObjectFile(object) else { return [] }
    var result: [BPFObject.FactUse] = []
    // SHT_PROGBITS, SHF_EXECINSTR
    for section in file.sections where section.type == 1 && section.flags & 4 != 0 {
      for instruction in stride(from: section.range.lowerBound, to: section.range.upperBound - 8, by: 8)
      where object[instruction] == load && object[instruction + 1] >> 4 == 0 {
        let high = file.integer(at: instruction + 12, size: 4)
        let low = file.integer(at: instruction + 4, size: 4)
        let number = Int64(high) << 32 | Int64(low)
        if number >> 24 == mark {
          result.append(BPFObject.FactUse(offset: instruction, fact: Int(number & 0xff_ffff)))
        }
      }
    }
    return result
  }

}
