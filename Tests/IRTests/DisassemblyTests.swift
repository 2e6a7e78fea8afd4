import Testing

@testable import IR

/// The text of instructions.
@Suite struct DisassemblyTests {

  /// Returns the text of the instruction with the number 10 that `bytes` are, in the file's order.
  private func text(_ bytes: [UInt8], about referent: String? = nil) throws -> String {
    // The header of an ELF file without sections.
    let header: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1] + [UInt8](repeating: 0, count: 58)
    let file = try #require(ObjectFile(header + bytes))
    return MachineInstruction(at: 64, of: file).text(at: 10, about: referent)
  }

  /// Arithmetic, whose operands are registers or constants.
  @Test(
    arguments: [
      ([0x07, 0x02, 0, 0, 0xf8, 0xff, 0xff, 0xff], "r2 += -8"),
      ([0x1f, 0x21, 0, 0, 0, 0, 0, 0], "r1 -= r2"),
      ([0x0c, 0x21, 0, 0, 0, 0, 0, 0], "w1 += w2"),
      ([0x37, 0x01, 0, 0, 10, 0, 0, 0], "r1 /= 10"),
      ([0x37, 0x01, 1, 0, 10, 0, 0, 0], "r1 s/= 10"),
      ([0x9f, 0x21, 1, 0, 0, 0, 0, 0], "r1 s%= r2"),
      ([0x77, 0x03, 0, 0, 32, 0, 0, 0], "r3 >>= 32"),
      ([0xc7, 0x03, 0, 0, 32, 0, 0, 0], "r3 s>>= 32"),
      ([0x87, 0x03, 0, 0, 0, 0, 0, 0], "r3 = -r3"),
      ([0xb4, 0x01, 0, 0, 7, 0, 0, 0], "w1 = 7"),
      ([0xbf, 0xa2, 0, 0, 0, 0, 0, 0], "r2 = r10"),
      ([0xbf, 0x12, 8, 0, 0, 0, 0, 0], "r2 = (s8)r1"),
      ([0xdc, 0x01, 0, 0, 16, 0, 0, 0], "r1 = be16 r1"),
      ([0xd4, 0x01, 0, 0, 64, 0, 0, 0], "r1 = le64 r1"),
      ([0xd7, 0x01, 0, 0, 32, 0, 0, 0], "r1 = bswap32 r1"),
      ([0xf7, 0x01, 0, 0, 0, 0, 0, 0], "unknown 0xf7"),
    ] as [([UInt8], String)])
  func arithmetic(bytes: [UInt8], expected: String) throws {
    #expect(try text(bytes) == expected)
  }

  /// Memory: the size is that of the access, and the name of the register tells how much of it counts.
  @Test(
    arguments: [
      ([0x79, 0x10, 0x18, 0, 0, 0, 0, 0], "r0 = *(u64 *)(r1 + 24)"),
      ([0x61, 0x10, 0xfc, 0xff, 0, 0, 0, 0], "w0 = *(u32 *)(r1 - 4)"),
      ([0x71, 0x10, 0, 0, 0, 0, 0, 0], "w0 = *(u8 *)(r1 + 0)"),
      ([0x89, 0x10, 2, 0, 0, 0, 0, 0], "r0 = *(s16 *)(r1 + 2)"),
      ([0x63, 0x1a, 0xf8, 0xff, 0, 0, 0, 0], "*(u32 *)(r10 - 8) = w1"),
      ([0x7b, 0x1a, 0xf8, 0xff, 0, 0, 0, 0], "*(u64 *)(r10 - 8) = r1"),
      ([0x7a, 0x0a, 0xf8, 0xff, 5, 0, 0, 0], "*(u64 *)(r10 - 8) = 5"),
      ([0xdb, 0x12, 40, 0, 0, 0, 0, 0], "lock *(u64 *)(r2 + 40) += r1"),
      ([0xc3, 0x12, 0, 0, 0x40, 0, 0, 0], "lock *(u32 *)(r2 + 0) |= w1"),
      ([0xdb, 0x12, 8, 0, 0x01, 0, 0, 0], "r1 = atomic_fetch_add((u64 *)(r2 + 8), r1)"),
      ([0xdb, 0x12, 8, 0, 0xe1, 0, 0, 0], "r1 = xchg((u64 *)(r2 + 8), r1)"),
      ([0xdb, 0x12, 8, 0, 0xf1, 0, 0, 0], "r0 = cmpxchg((u64 *)(r2 + 8), r0, r1)"),
      ([0x28, 0, 0, 0, 0, 0, 0, 0], "unknown 0x28"),
    ] as [([UInt8], String)])
  func memory(bytes: [UInt8], expected: String) throws {
    #expect(try text(bytes) == expected)
  }

  /// Jumps say the number of the instruction that they go to, calls what is called.
  @Test(
    arguments: [
      ([0x05, 0, 4, 0, 0, 0, 0, 0], "goto 15"),
      ([0x06, 0, 0, 0, 5, 0, 0, 0], "goto 16"),
      ([0x15, 0, 2, 0, 0, 0, 0, 0], "if r0 == 0 goto 13"),
      ([0x6d, 0x21, 0xfe, 0xff, 0, 0, 0, 0], "if r1 s> r2 goto 9"),
      ([0xa6, 0x01, 0, 0, 0x7f, 0, 0, 0], "if w1 < 127 goto 11"),
      ([0x85, 0, 0, 0, 14, 0, 0, 0], "call get_current_pid_tgid"),
      ([0x85, 0, 0, 0, 0x7f, 0x7f, 0, 0], "call 32639"),
      ([0x85, 0x10, 0, 0, 2, 0, 0, 0], "call 13"),
      ([0x95, 0, 0, 0, 0, 0, 0, 0], "exit"),
      ([0xf5, 0, 0, 0, 0, 0, 0, 0], "unknown 0xf5"),
    ] as [([UInt8], String)])
  func jumps(bytes: [UInt8], expected: String) throws {
    #expect(try text(bytes) == expected)
  }

  /// A constant of 64 bits takes two instructions' room, unless it is something that has a name.
  @Test func constants() throws {
    let bytes: [UInt8] = [0x18, 3, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 1, 0, 0, 0]
    #expect(try text(bytes) == "r3 = 8589934591 ll")
    #expect(try text(bytes, about: "map[@x]") == "r3 = map[@x] ll")
  }

}
