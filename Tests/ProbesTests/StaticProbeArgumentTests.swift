import Testing

@testable import Probes

/// Where notes say that arguments are.
@Suite struct StaticProbeArgumentTests {

  /// Returns the argument that `text` alone describes.
  private func argument(_ text: String, for machine: AssemblyDialect) throws -> StaticProbeArgument {
    let list = StaticProbeArgument.list(text, for: machine)
    try #require(list.count == 1)
    return list[0]
  }

  /// Sizes and signs.
  @Test(arguments: [
    ("1@%al", 1, false), ("-1@%al", 1, true), ("2@$5", 2, false), ("-2@$5", 2, true), ("4@%eax", 4, false),
    ("-4@%eax", 4, true), ("8@%rax", 8, false), ("-8@%rax", 8, true), ("%rax", 8, false),
  ])
  func sizes(text: String, size: Int, isSigned: Bool) throws {
    let found = try argument(text, for: .x86)
    #expect(found.size == size && found.isSigned == isSigned)
  }

  /// Every register of x86-64 by each of its names.
  @Test func registersOfX86() throws {
    let names = ["ax", "bx", "cx", "dx", "si", "di", "bp", "sp"]
    var expected: [(String, RegisterPart)] = []
    for name in names {
      expected += [
        ("r\(name)", RegisterPart(name: name, size: 8)), ("e\(name)", RegisterPart(name: name, size: 4)),
        (name, RegisterPart(name: name, size: 2)),
      ]
      let low = name.hasSuffix("x") ? "\(name.first!)l" : "\(name)l"
      expected.append((low, RegisterPart(name: name, size: 1)))
      if name.hasSuffix("x") {
        expected.append(("\(name.first!)h", RegisterPart(name: name, size: 1, skipped: 1)))
      }
    }
    for number in 8...15 {
      for (suffix, size) in [("", 8), ("d", 4), ("w", 2), ("b", 1)] {
        expected.append(("r\(number)\(suffix)", RegisterPart(name: "r\(number)", size: size)))
      }
    }
    for (text, register) in expected {
      #expect(try argument("8@%\(text)", for: .x86).place == .register(register))
      #if arch(x86_64)
        #expect(Registers.offset(of: register.name) != nil)
      #endif
    }
  }

  /// Constants and memory on x86-64.
  @Test(arguments: [
    ("4@$7", StaticProbeArgument.Place.constant(7)), ("-4@$-7", .constant(-7)), ("8@$0x10", .constant(16)),
    ("8@$18446744073709551615", .constant(-1)),
    ("8@(%rax)", .memory(MemoryOperand(base: RegisterPart(name: "ax", size: 8)))),
    ("8@-80(%rbx)", .memory(MemoryOperand(base: RegisterPart(name: "bx", size: 8), displacement: -80))),
    (
      "4@8(%rax,%rcx,4)",
      .memory(
        MemoryOperand(
          base: RegisterPart(name: "ax", size: 8),
          index: .init(register: RegisterPart(name: "cx", size: 8), isSigned: false, shift: 2),
          displacement: 8))
    ),
    (
      "4@(,%r9,8)",
      .memory(
        MemoryOperand(index: .init(register: RegisterPart(name: "r9", size: 8), isSigned: false, shift: 3)))
    ),
    (
      "4@(%rax,%rbx)",
      .memory(
        MemoryOperand(
          base: RegisterPart(name: "ax", size: 8),
          index: .init(register: RegisterPart(name: "bx", size: 8), isSigned: false, shift: 0)))
    ),
    (
      "4@counter(%rip)",
      .memory(MemoryOperand(base: RegisterPart(name: "ip", size: 8), symbol: "counter"))
    ),
    (
      "4@8+.Ltable-2(%rip)",
      .memory(MemoryOperand(base: RegisterPart(name: "ip", size: 8), displacement: 6, symbol: ".Ltable"))
    ),
    ("4@counter+4", .memory(MemoryOperand(displacement: 4, symbol: "counter"))),
  ])
  func placesOnX86(text: String, place: StaticProbeArgument.Place) throws {
    #expect(try argument(text, for: .x86).place == place)
  }

  /// Registers, constants and memory on ARM, where there are spaces within brackets.
  @Test(arguments: [
    ("8@x0", StaticProbeArgument.Place.register(RegisterPart(name: "r0", size: 8))),
    ("-4@w30", .register(RegisterPart(name: "r30", size: 4))),
    ("8@sp", .register(RegisterPart(name: "sp", size: 8))), ("4@wzr", .constant(0)), ("-4@-3", .constant(-3)),
    ("8@#16", .constant(16)),
    ("8@[x19]", .memory(MemoryOperand(base: RegisterPart(name: "r19", size: 8)))),
    ("-4@[sp, 60]", .memory(MemoryOperand(base: RegisterPart(name: "sp", size: 8), displacement: 60))),
    ("-4@[x29,#-8]", .memory(MemoryOperand(base: RegisterPart(name: "r29", size: 8), displacement: -8))),
    (
      "8@[x0, x1, lsl 3]",
      .memory(
        MemoryOperand(
          base: RegisterPart(name: "r0", size: 8),
          index: .init(register: RegisterPart(name: "r1", size: 8), isSigned: false, shift: 3)))
    ),
    (
      "4@[x0, w1, sxtw #2]",
      .memory(
        MemoryOperand(
          base: RegisterPart(name: "r0", size: 8),
          index: .init(register: RegisterPart(name: "r1", size: 4), isSigned: true, shift: 2)))
    ),
  ])
  func placesOnARM(text: String, place: StaticProbeArgument.Place) throws {
    #expect(try argument(text, for: .arm).place == place)
  }

  /// Several arguments in one note.
  @Test func lists() {
    #expect(StaticProbeArgument.list("", for: .x86).isEmpty)
    #expect(StaticProbeArgument.list("8@%rax -4@$3", for: .x86).map(\.size) == [8, 4])
    #expect(
      StaticProbeArgument.list("-4@[sp, 60] 8@x0  8@[x0, x1, lsl 3]", for: .arm).map(\.size) == [4, 8, 8])
  }

  /// What cannot be read, and what makes no sense, is an argument nevertheless, so that the others keep their numbers.
  @Test(arguments: [
    "4f@%xmm0", "8f@%xmm15", "16@%xmm1", "8@%fs:16", "8@%fs:(%rax)", "8@%rxx", "8@(%rax,%rbx,3)", "8@(", "8@",
    "8@)(", "8@$", "8@$1+a-b", "8@a+b(%rip)", "99999999999999999999@%rax", "0@%rax",
    "-9223372036854775808@%rax",
    "3@%rax", "@", "8@(%rax,%rbx,1,2)", "8@%", "8@+", "8@99999999999999999999(%rax)",
  ])
  func unreadable(text: String) throws {
    for machine in [AssemblyDialect.x86, .arm] {
      guard case .unreadable = try argument(text, for: machine).place else {
        // A word alone is a register or a number on ARM.
        #expect(machine == .arm || text == "8@%rax", "\(text) on \(machine)")
        continue
      }
    }
  }

}
