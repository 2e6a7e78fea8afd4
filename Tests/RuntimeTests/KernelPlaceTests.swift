import Testing

@testable import Runtime

/// Places in the kernel.
@Suite struct KernelPlaceTests {

  @Test func placesAreReadFromTheKernelsWords() {
    #expect(
      KernelPlace(parsing: Array("tcp_sendmsg+0x5/0x40".utf8))
        == KernelPlace(name: Array("tcp_sendmsg".utf8), offset: 5))
    #expect(
      KernelPlace(parsing: Array("nf_hook.isra.0+0x1f/0x40 [nf_tables]".utf8))
        == KernelPlace(name: Array("nf_hook.isra.0".utf8), offset: 31))
    for text in ["0xffffffffc0123456", "", "+0x1/0x2", "tcp_sendmsg", "f+5", "(null)"] {
      #expect(KernelPlace(parsing: Array(text.utf8)) == nil)
    }
  }

  @Test(arguments: [
    (["bpf_prog_6deef7357e7b4530_x", "bpf_trampoline_64", "tcp_sendmsg", "inet_sendmsg"], 2),
    (["", "tcp_sendmsg"], 1), (["", "bpf_trace_run2", "__bpf_trace_x", "__schedule"], 3),
    (["__traceiter_sched_switch", "__schedule"], 0), (["tcp_sendmsg", "bpf_prog_6deef7357e7b4530_x"], 0),
    (["", ""], 0), ([], 0),
  ])
  func framesOfProgramsAreLeftOut(names: [String], expected: Int) {
    let places = names.map { $0.isEmpty ? nil : KernelPlace(name: Array($0.utf8), offset: 50) }
    #expect(KernelNames.ownFrameCount(of: places) == expected)
  }

}
