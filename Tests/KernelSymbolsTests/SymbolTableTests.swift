import Testing

@testable import KernelSymbols

/// The kernel's symbols.
@Suite struct SymbolTableTests {

  /// A list as the kernel prints it: variables of each CPU first, modules and programs of BPF last.
  private let list = SymbolList(
    parsing: Array(
      """
      0000000000000000 A fixed_percpu_data
      0000000000034c40 A runqueues
      ffffffff81000000 T startup_64
      ffffffff81000000 T _stext
      ffffffff81000140 t tcp_sendmsg
      ffffffff81000400 T __x64_sys_getppid
      ffffffff82000000 D jiffies
      ffffffff82000100 D _end
      ffffffffc0000200 t nf_second\t[nf_conntrack]
      ffffffffc0000100 t nf_first\t[nf_conntrack]
      ffffffffc0100000 t bpf_prog_6deef7357e7b4530_x\t[bpf]
      a line that is none
      ffffffffc0

      """.utf8))

  /// Returns the symbol at `address` as text.
  private func text(_ address: UInt64) -> String? {
    SymbolTable(list).place(of: address).map {
      let module = $0.module.isEmpty ? "" : " [\(String(decoding: $0.module, as: UTF8.self))]"
      return "\(String(decoding: $0.name, as: UTF8.self))+\($0.offset)\(module)"
    }
  }

  @Test func addressesAreInTheSymbolInFrontOfThem() {
    #expect(text(0xffff_ffff_8100_0140) == "tcp_sendmsg+0")
    #expect(text(0xffff_ffff_8100_03ff) == "tcp_sendmsg+703")
    #expect(text(0xffff_ffff_8100_0400) == "__x64_sys_getppid+0")
    #expect(text(0xffff_ffff_c000_0150) == "nf_first+80 [nf_conntrack]")
    #expect(text(0xffff_ffff_c000_0210) == "nf_second+16 [nf_conntrack]")
    #expect(text(0xffff_ffff_c010_0005) == "bpf_prog_6deef7357e7b4530_x+5 [bpf]")
  }

  @Test func theFirstOfSeveralNamesIsTaken() { #expect(text(0xffff_ffff_8100_0002) == "startup_64+2") }

  @Test func addressesFarBehindTheLastSymbolAreInNone() {
    #expect(text(0xffff_ffff_8200_0101) == "_end+1")
    #expect(text(0xffff_ffff_a000_0000) == nil)
    #expect(text(0xffff_ffff_c002_0000) == nil)
    #expect(text(0x1000) == nil)
    #expect(SymbolTable(SymbolList(parsing: [])).place(of: .max) == nil)
  }

  @Test func namesHaveAddresses() {
    #expect(list.address(of: "jiffies") == 0xffff_ffff_8200_0000)
    #expect(list.address(of: "runqueues") == 0x34c40)
    #expect(list.address(of: "nf_first") == 0xffff_ffff_c000_0100)
    #expect(list.address(of: "nf_firs") == nil)
    #expect(list.names(among: ["tcp_sendmsg", "tcp_recvmsg", "nf_second"]) == ["tcp_sendmsg", "nf_second"])
    #expect(list.names(like: "jifies") == ["jiffies"])
  }

  @Test func addressesCanBeHidden() {
    #expect(!list.hidesAddresses)
    #expect(SymbolList(parsing: Array("0000000000000000 T a\n0000000000000000 t b\n".utf8)).hidesAddresses)
  }

  @Test func theRunningKernelHasSymbols() throws {
    let list = try #require(SymbolList())
    try #require(!list.hidesAddresses)
    let address = try #require(list.address(of: "schedule"))
    let place = SymbolTable(list).place(of: address + 1)
    #expect(place?.name == Array("schedule".utf8))
    #expect(place?.offset == 1)
  }

}
