public import Kernel
import KernelSymbols

extension LiveKernel {

  /// Returns the address of the kernel's symbol `name`, nil if there is none.
  public func address(ofSymbol name: String) throws(KernelFault) -> UInt64? {
    guard let symbols else {
      throw KernelFault("'/proc/kallsyms', the list of the kernel's symbols, cannot be read")
    }
    guard let address = symbols.address(of: name) else { return nil }
    if address == 0 && symbols.hidesAddresses {
      throw KernelFault(
        "the kernel does not tell the addresses of its symbols",
        hint: "it does with 0 in '/proc/sys/kernel/kptr_restrict', or with 1 to those who have CAP_SYSLOG")
    }
    return address
  }

  /// The names of symbols of the kernel that `name` may be mistaken for.
  public func symbolNames(like name: String) -> [String] { symbols?.names(like: name) ?? [] }

}
