import Types

/// Where a context that is the kernel's `struct pt_regs` has the registers.
public enum Registers {

  #if arch(x86_64)
    /// The offsets of the first integer arguments: rdi, rsi, rdx, rcx, r8, r9 (arch/x86/include/asm/ptrace.h).
    static let argumentOffsets = [112, 104, 96, 88, 72, 64]

    /// The offset of the returned value: rax.
    static let returnValueOffset = 80

    /// The offset of the stack pointer.
    public static let stackPointerOffset = 152

    /// The distance of the first argument on the stack from the stack pointer, behind the return address; nil where the
    /// calling convention has no place for it.
    public static let firstStackArgument: Int? = 8

    /// The offset of the register with the address that a function returns to, nil if that is on top of the stack.
    public static let returnAddressOffset: Int? = nil

    /// The name of the register with the address of the instruction.
    static let instructionPointer = "ip"

    /// The offset of the register that tells the mode of the processor: the low bits of cs.
    public static let modeOffset = 136

    /// The bits of it that tell the mode.
    public static let modeMask: Int64 = 3

    /// Their value in user mode.
    public static let userMode: Int64 = 3

    /// The names of the registers in the order of their places.
    private static let ordered = [
      "r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si", "di",
      "orig_ax", "ip", "cs", "flags", "sp", "ss",
    ]
  #elseif arch(arm64)
    /// The offsets of the first integer arguments: x0 to x7 (arch/arm64/include/uapi/asm/ptrace.h).
    static let argumentOffsets = [0, 8, 16, 24, 32, 40, 48, 56]

    /// The offset of the returned value: x0.
    static let returnValueOffset = 0

    /// The offset of the stack pointer.
    public static let stackPointerOffset = 248

    /// The distance of the first argument on the stack from the stack pointer; nil where the calling convention has no
    /// place for it.
    public static let firstStackArgument: Int? = 0

    /// The offset of the register with the address that a function returns to: x30; nil if that is on top of the stack.
    public static let returnAddressOffset: Int? = 240

    /// The name of the register with the address of the instruction.
    static let instructionPointer = "pc"

    /// The offset of the register that tells the mode of the processor: the low bits of pstate.
    public static let modeOffset = 264

    /// The bits of it that tell the mode.
    public static let modeMask: Int64 = 15

    /// Their value in user mode.
    public static let userMode: Int64 = 0

    /// The names of the registers in the order of their places.
    private static let ordered = (0...30).map { "r\($0)" } + ["sp", "pc", "pstate"]
  #else
    #error("the layout of the registers of this architecture is not known")
  #endif

  /// The offset of the instruction pointer.
  public static let instructionPointerOffset = (ordered.firstIndex(of: "ip") ?? ordered.count - 2) * 8

  /// The names of the registers, sorted.
  public static let names = ordered.sorted()

  /// Returns the offset of the register `name`, nil if there is none.
  public static func offset(of name: String) -> Int? { ordered.firstIndex(of: name).map { $0 * 8 } }

  /// The arguments as values of the context.
  static let arguments = argumentOffsets.map { ContextValue(type: .uint64, offset: $0) }

  /// The returned value as a value of the context.
  static let returnValue = ContextValue(type: .uint64, offset: returnValueOffset)

}
