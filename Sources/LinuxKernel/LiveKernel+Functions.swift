import Glibc
import Kernel

extension LiveKernel {

  /// Returns the functions that kprobes can be attached to, as the kernel lists them in `tracefs`, or as its symbols where
  /// that cannot be read.
  func readTraceableFunctions(in tracefs: Tracefs?) throws(KernelFault) -> FunctionList {
    if status(of: .kprobes) == .missing && !status(of: .fentry).isAvailable {
      throw KernelFault(
        "the kernel has no kprobes",
        hint: "it must be built with CONFIG_KPROBES; tracepoints ('-l tracepoint:*') do without")
    }
    if let tracefs, let text = try? readFile("\(tracefs.path)/available_filter_functions"), !text.isEmpty {
      return FunctionList(ofFilterFunctions: text)
    }
    // Not there without CONFIG_DYNAMIC_FTRACE, not readable under lockdown (`tracing_check_open_get_tr`,
    // kernel/trace/trace.c).
    let text: [UInt8]
    do {
      text = try readFile("/proc/kallsyms")
    } catch {
      throw KernelFault(
        "the list of the kernel's functions cannot be read: \(error.explanation)",
        hint: error.number == EACCES ? "run the command with 'sudo'" : nil)
    }
    let functions = FunctionList(ofSymbols: text)
    if functions.isEmpty {
      throw KernelFault(
        "the list of the kernel's functions is empty", hint: "the kernel must be built with CONFIG_KALLSYMS")
    }
    return functions
  }

}
