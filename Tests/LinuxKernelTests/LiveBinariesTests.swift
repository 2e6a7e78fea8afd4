import Foundation
import Kernel
import LinuxKernel
import Testing

/// What names of programs and libraries mean on the machine where tests run.
@Suite struct LiveBinariesTests {

  /// The files as this process sees them.
  private let binaries = LiveKernel().binaries

  /// Returns the functions called `name` of the file `binary`.
  private func functions(_ name: String, of binary: String) throws -> [BinaryFunction] {
    let file = try #require(try binaries.binaries(named: binary).first)
    return try binaries.functions(of: file, in: nil) { $0.elementsEqual(name.utf8) }
  }

  @Test func namesOfLibraries() throws {
    let path = try #require(try binaries.binaries(named: "libc").first?.path)
    #expect(path.hasSuffix("/libc.so.6"))
    #expect(try binaries.binaries(named: "libc.so.6").map(\.path) == [path])
    #expect(try binaries.binaries(named: "libc.so*").map(\.path) == [path])
    #expect(throws: BinaryLookupFault.self) { try binaries.binaries(named: "libxyzzy") }
    let fault = #expect(throws: BinaryLookupFault.self) { try binaries.binaries(named: "libcrypp") }
    guard case .noLibrary(_, let candidates)? = fault else {
      Issue.record("another fault")
      return
    }
    #expect(candidates.contains("libcrypt"))
  }

  @Test func namesOfPrograms() throws {
    #expect(try binaries.binaries(named: "perl").first?.path.hasSuffix("/bin/perl") == true)
    #expect(throws: BinaryLookupFault.noProgram("xyzzy-no-program")) {
      try binaries.binaries(named: "xyzzy-no-program")
    }
    #expect(throws: BinaryLookupFault.noFile("/nowhere/x")) { try binaries.binaries(named: "/nowhere/x") }
    #expect(throws: BinaryLookupFault.noMatch("/nowhere/*")) { try binaries.binaries(named: "/nowhere/*") }
    #expect(throws: BinaryLookupFault.noProcess) { try binaries.binaries(named: nil) }
    #expect(throws: BinaryLookupFault.notBinary("/usr/bin/ldd", interpreter: "/bin/bash")) {
      try binaries.binaries(named: "/usr/bin/ldd")
    }
  }

  @Test func filesOfOtherMachines() throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: "/bin/true"))
    bytes[18] = 40
    bytes[19] = 0
    let path = NSTemporaryDirectory() + "apus-foreign-\(getpid())"
    defer { unlink(path) }
    try bytes.write(to: URL(fileURLWithPath: path))
    let fault = #expect(throws: BinaryLookupFault.self) { try binaries.binaries(named: path) }
    guard case .otherMachine(_, let machine, _)? = fault else {
      Issue.record("another fault")
      return
    }
    #expect(machine == "arm")
  }

  @Test func functionsThatAreChosen() throws {
    let chosen = try #require(try functions("strlen", of: "libc").first)
    #expect(!chosen.isChooser)
    // Another file with the same contents is not in memory, so that nobody has chosen.
    let path = NSTemporaryDirectory() + "apus-libc-\(getpid()).so"
    defer { unlink(path) }
    let library = try #require(try binaries.binaries(named: "libc").first?.path)
    try FileManager.default.copyItem(atPath: library, toPath: path)
    #expect(try functions("strlen", of: path).map(\.isChooser) == [true])
  }

  @Test func versions() throws {
    let found = try functions("memcpy", of: "libc")
    #expect(Set(found.compactMap(\.version)) == ["GLIBC_2.14", "GLIBC_2.2.5"])
    #expect(found.filter(\.isPreferredVersion).map(\.version) == ["GLIBC_2.14"])
  }

  @Test func codeAtAddresses() throws {
    let function = try #require(try functions("malloc", of: "libc").first)
    let file = try #require(try binaries.binaries(named: "libc").first)
    let code = try #require(try binaries.code(at: function.address + 1, in: file))
    #expect(code.offset == function.offset + 1)
    #expect(code.function?.address == function.address)
    #expect(try binaries.code(at: 0, in: file) == nil)
    #expect(try binaries.isStripped(file))
    #expect(binaries.hasInstruction(at: 0, in: function, of: file) == true)
  }

  @Test func theTracedProcessHasItsOwnNames() throws {
    let own = LiveKernel(tracing: ViewedProcess(identifier: getpid())).binaries
    #expect(own.hasProcess)
    let program = try #require(try own.binaries(named: nil).first)
    #expect(program.root == nil)
    #expect(try own.binaries(named: "*").contains { $0.path.hasSuffix("/libc.so.6") })
    let child = LiveKernel(tracing: ViewedProcess(identifier: getpid(), program: "/bin/true")).binaries
    #expect(try child.binaries(named: nil).map(\.path) == ["/bin/true"])
  }

}
