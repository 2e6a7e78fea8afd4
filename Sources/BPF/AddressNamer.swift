import CBPF

/// Asks the kernel for the names of its own addresses.
///
/// The kernel prints them by `%pS` (`Documentation/core-api/printk-formats.rst`), which programs may use since 5.13, commit
/// 7b15523a989b. One that was made for that answers within microseconds, where the list of all symbols takes a hundred
/// milliseconds to read; and it knows of modules that have come meanwhile.
public final class AddressNamer {

  /// The program, and the text that it leaves.
  private let program: FileDescriptor, text: FileDescriptor

  /// The number of bytes of the longest text: `KSYM_SYMBOL_LEN` of `include/linux/kallsyms.h` is less.
  private static let capacity: Int32 = 1024

  /// Creates an instance.
  public init() throws(SystemError) {
    LibbpfMessages.install()
    let words: [UInt8] = Array("%pS\0".utf8) + [0, 0, 0, 0]
    let format = FileDescriptor(
      owning: try check("bpf_map_create", cbpf_create_text("apus_format", Int32(words.count), words)))
    let text = FileDescriptor(
      owning: try check("bpf_map_create", cbpf_create_text("apus_text", Self.capacity, nil)))
    program = FileDescriptor(
      owning: try check(
        "bpf_prog_load", cbpf_load_address_namer(format.number, text.number, Self.capacity)))
    self.text = text
  }

  /// Returns what the kernel prints for `address`: `tcp_sendmsg+0x5/0x40`, `nf_hook+0x5/0x40 [nf_tables]`, or the address.
  public func text(for address: UInt64) throws(SystemError) -> [UInt8] {
    try check("bpf_prog_test_run", cbpf_run_program_with_argument(program.number, address))
    var key: UInt32 = 0
    var text = [UInt8](repeating: 0, count: Int(Self.capacity))
    try check("bpf_map_lookup_elem", bpf_map_lookup_elem(self.text.number, &key, &text))
    return Array(text.prefix { $0 != 0 })
  }

}
