import Testing

@testable import KernelSymbols

/// The kernel's list of its symbols.
@Suite struct SymbolListTests {

  /// A list as the kernel prints it: variables of each CPU first, modules and programs of BPF last.
  private let list = SymbolList(
    parsing: Array(
      """
      0000000000000000 A fixed_percpu_data
      0000000000034c40 A runqueues
      ffffffff81000140 t tcp_sendmsg
      ffffffff82000000 D jiffies
      ffffffff82000008 D jiffies_64
      ffffffffc0000100 t nf_first\t[nf_conntrack]
      ffffffffc0000200 t nf_first\t[nf_tables]
      ffffffffc0000300 t ipv8\t[8021q]
      a line that is none
      ffffffffc0

      """.utf8))

  @Test func namesHaveAddresses() {
    #expect(list.address(of: "jiffies") == 0xffff_ffff_8200_0000)
    #expect(list.address(of: "jiffies_64") == 0xffff_ffff_8200_0008)
    #expect(list.address(of: "runqueues") == 0x34c40)
    #expect(list.address(of: "nf_first") == 0xffff_ffff_c000_0100)
    #expect(list.address(of: "ipv8") == 0xffff_ffff_c000_0300)
    #expect(list.address(of: "fixed_percpu_data") == 0)
    for name in ["", "jiff", "iffies", "nf_conntrack", "line", "D", "ffffffffc0"] {
      #expect(list.address(of: name) == nil, "'\(name)' is no symbol")
    }
  }

  @Test func manyNamesAreLookedForAtOnce() {
    #expect(list.names(among: ["tcp_sendmsg", "tcp_recvmsg", "nf_first"]) == ["tcp_sendmsg", "nf_first"])
  }

  @Test func namesThatLookAlikeAreFound() {
    #expect(list.names(like: "jifies") == ["jiffies"])
    #expect(list.names(like: "runqueue") == ["runqueues"])
  }

  @Test func addressesCanBeHidden() {
    #expect(!list.hidesAddresses)
    #expect(SymbolList(parsing: Array("0000000000000000 T a\n0000000000000000 t b\n".utf8)).hidesAddresses)
  }

  @Test func theRunningKernelHasSymbols() throws {
    let list = try #require(SymbolList())
    #expect(list.address(of: "schedule") != nil)
    #expect(list.address(of: "no_such_symbol_anywhere") == nil)
  }

}
