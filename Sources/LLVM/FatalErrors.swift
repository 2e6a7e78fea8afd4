import CLLVM
import Glibc

/// What happens when LLVM finds no way on, which it does not let its callers handle.
///
/// The one way there that scripts are known to have is a program so long that a jump does not reach its target: jumps of
/// BPF's third instruction set have 16 bits (`BPFMCInstLower.cpp`, `BPFAsmBackend.cpp`). Nothing is in the kernel at that
/// time, so that the process can end.
enum FatalErrors {

  /// Has the process end with a message instead of a core dump, from now on.
  static func install() { _ = installation }

  /// The installation, made once: LLVM complains about a second one.
  private static let installation: Void = LLVMInstallFatalErrorHandler { reason in
    let words = reason.map { String(cString: $0) } ?? "unknown error"
    let cause = words.hasPrefix("Branch target out of insn range") ? "a program is too long" : words
    var message =
      "apus: no code can be generated: \(cause); make the script shorter, or split it into several probes\n"
    message.withUTF8 { text in _ = write(STDERR_FILENO, text.baseAddress, text.count) }
    exit(1)
  }

}
