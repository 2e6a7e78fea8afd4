import BPF
import CodeGen
import IR
import LinuxKernel
import Testing
import Types

/// Calls of functions of the kernel.
@Suite struct KernelCallTests {

  /// Such a call has the number of the function, in programs and in functions of theirs, and arguments like others.
  @Test func hasNumberOfFunction() throws {
    var b = ProgramBuilder(name: "test", kind: .testRun)
    let first = KernelCall(name: "first", number: 0x1234)
    let second = KernelCall(name: "second", number: 0x5678)
    b.report(b.call(first, as: .i64), as: 0)
    b.report(b.convert(b.call(second, .constant(5, .i64), .context, as: .i8), .zeroExtend, to: .i64), as: 1)
    b.openBlock()
    b.report(b.call(first, as: .i64), as: 2)
    let body = b.closeBlock()
    b.emit(.apart(body))
    let module = TraceModule(
      programs: [b.finish()], manifest: Manifest(globals: GlobalsLayout(size: resultOffset(3))))
    let bytes = try generate(module).bytes
    #expect(count(of: [0x85, 0x20, 0, 0, 0x34, 0x12, 0, 0], in: bytes) == 2)
    #expect(count(of: [0x85, 0x20, 0, 0, 0x78, 0x56, 0, 0], in: bytes) == 1)
  }

  /// The kernel takes a program that calls functions which all programs may call.
  @Test func isAccepted() throws {
    let kernel = LiveKernel()
    var b = ProgramBuilder(name: "test", kind: .testRun)
    for name in ["bpf_rcu_read_lock", "bpf_rcu_read_unlock"] {
      guard let number = kernel.typeNumber(ofFunction: name) else { return }
      b.emit(.callKernel(nil, KernelCall(name: name, number: number), []))
    }
    b.report(.constant(1, .i64))
    let module = TraceModule(
      programs: [b.finish()], manifest: Manifest(globals: GlobalsLayout(size: resultOffset(1))))
    _ = try LoadedObject(loading: generate(module).bytes, name: "test")
  }

  /// Returns how often `instruction` is in `bytes` at a multiple of 8.
  private func count(of instruction: [UInt8], in bytes: [UInt8]) -> Int {
    stride(from: 0, to: bytes.count - 7, by: 8).count { Array(bytes[$0..<$0 + 8]) == instruction }
  }

}
