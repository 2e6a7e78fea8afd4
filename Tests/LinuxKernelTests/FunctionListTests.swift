import Kernel
import Testing

@testable import LinuxKernel

/// Lists of functions, from recorded text.
@Suite struct FunctionListTests {

  /// Functions are sorted, each is kept once, and places without a function are left out.
  @Test func filterFunctions() {
    let text = """
      tcp_sendmsg
      __ftrace_invalid_address___64
      do_syscall_64
      tcp_ack
      nfsd_dispatch [nfsd]
      tcp_sendmsg
      tcp_ack [other]
      __pfx_tcp_ack
      __tcp_ack

      """
    let functions = FunctionList(ofFilterFunctions: Array(text.utf8)).functions()
    #expect(
      functions == [
        KernelFunction(name: "__tcp_ack"), KernelFunction(name: "do_syscall_64"),
        KernelFunction(name: "nfsd_dispatch", module: "nfsd"), KernelFunction(name: "tcp_ack"),
        KernelFunction(name: "tcp_ack", module: "other"), KernelFunction(name: "tcp_sendmsg"),
      ])
  }

  /// Of symbols, only code counts.
  @Test func symbols() {
    let text = """
      ffffffff81000000 T _text
      ffffffff81000100 t tcp_ack
      ffffffff81000200 D jiffies
      ffffffff81000300 W weak_function
      ffffffffc0000000 t nfsd_dispatch\t[nfsd]
      0000000000000000 A
      """
    let functions = FunctionList(ofSymbols: Array(text.utf8)).functions()
    #expect(
      functions.map(\.name) == ["_text", "nfsd_dispatch", "tcp_ack", "weak_function"])
    #expect(functions[1].module == "nfsd")
  }

  /// Text that is no list gives nothing, and nothing goes wrong.
  @Test(arguments: ["", "\n\n\n", " [", "[]", "x [", String(repeating: "\u{0}", count: 40)])
  func nonsense(_ text: String) {
    #expect(FunctionList(ofFilterFunctions: Array(text.utf8)).functions().count <= 1)
    #expect(FunctionList(ofSymbols: Array(text.utf8)).functions().isEmpty)
  }

  /// Sixty thousand names are read in a time that nobody notices.
  @Test func manyFunctions() {
    let text = (0..<60_000).map { "function_number_\($0 &* 7919 % 60_000)\n" }.joined()
    let functions = FunctionList(ofFilterFunctions: Array(text.utf8)).functions()
    #expect(functions.count == 60_000)
    #expect(zip(functions, functions.dropFirst()).allSatisfy { $0.name < $1.name })
  }

}
