import Types

/// Where a kprobe's context, the kernel's `struct pt_regs`, has the values that the calling convention puts in registers.
enum Registers {

  #if arch(x86_64)
    /// The offsets of the first integer arguments: rdi, rsi, rdx, rcx, r8, r9 (arch/x86/include/asm/ptrace.h).
    static let argumentOffsets = [112, 104, 96, 88, 72, 64]

    /// The offset of the returned value: rax.
    static let returnValueOffset = 80
  #elseif arch(arm64)
    /// The offsets of the first integer arguments: x0 to x7 (arch/arm64/include/uapi/asm/ptrace.h).
    static let argumentOffsets = [0, 8, 16, 24, 32, 40, 48, 56]

    /// The offset of the returned value: x0.
    static let returnValueOffset = 0
  #else
    #error("the layout of the registers of this architecture is not known")
  #endif

  /// The arguments as values of the context.
  static let arguments = argumentOffsets.map { ContextValue(type: .uint64, offset: $0) }

  /// The returned value as a value of the context.
  static let returnValue = ContextValue(type: .uint64, offset: returnValueOffset)

}
