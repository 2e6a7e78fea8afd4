import BPF
import Foundation
import Output
import Testing
import Types

@testable import Symbols

/// Names of addresses in processes.
@Suite struct ProcessSymbolsTests {

  /// How a program comes by its symbols.
  enum Variant: String, CaseIterable, Sendable {

    /// It has them.
    case whole = ""

    /// Another file has them, which it names.
    case link = """
      objcopy --only-keep-debug program program.debug
      strip program
      objcopy --add-gnu-debuglink=program.debug program
      """

    /// Another file in a folder of such files has them.
    case linkInSubfolder = """
      mkdir .debug
      objcopy --only-keep-debug program .debug/program.debug
      strip program
      cd .debug; objcopy --add-gnu-debuglink=program.debug ../program
      """

    /// Another file has them that is found by the number of the build.
    case buildID = """
      id=$(readelf -n program | sed -n 's/.*Build ID: //p')
      mkdir -p debug/.build-id/${id%${id#??}}
      objcopy --only-keep-debug program debug/.build-id/${id%${id#??}}/${id#??}.debug
      strip program
      """

    /// It has them compressed.
    case compressed = """
      cp program small
      printf 'hidden\\nvisible\\n' >names
      objcopy -S --keep-symbols=names small
      xz small
      strip program
      objcopy --add-section .gnu_debugdata=small.xz program
      """

  }

  /// Returns a symbolizer that looks for debug files below `folder`.
  private func symbolizer(
    _ folder: String? = nil, configured: (inout Settings) -> Void = { _ in }
  ) -> ProcessSymbols {
    var settings = Settings()
    configured(&settings)
    let result = ProcessSymbols(settings, debugFolder: folder)
    result.start()
    return result
  }

  /// Returns the name and offset that `symbols` has for `address`.
  private func name(
    _ symbols: ProcessSymbols, _ address: UInt64, in process: Int32, isReturnAddress: Bool = false
  ) -> String? {
    let address = UserAddress(address, in: process, isReturnAddress: isReturnAddress)
    guard let frame = symbols.frames(at: address).first, let function = frame.function else { return nil }
    return "\(String(decoding: function, as: UTF8.self))+\(frame.offset)"
  }

  @Test(arguments: Variant.allCases, [["-fPIE", "-pie"], ["-fno-PIE", "-no-pie"]])
  func programsAreNamed(variant: Variant, flags: [String]) throws {
    let program = try TestProgram(flags: flags, commands: variant.rawValue)
    let symbols = symbolizer(program.folder.path + "/debug")
    let (process, hidden, visible) = try program.start()
    symbols.catchUp()
    #expect(name(symbols, hidden, in: process) == "hidden+0")
    #expect(name(symbols, visible + 1, in: process) == "visible+1")
    let frame = symbols.frames(at: UserAddress(visible, in: process)).first
    #expect(frame?.file.map { String(decoding: $0, as: UTF8.self) } == program.path)
  }

  @Test(arguments: [false, true]) func processesThatHaveEndedAreNamed(isOlder: Bool) throws {
    let program = try TestProgram()
    var symbols = symbolizer()
    let (process, hidden, visible) = try program.start()
    if isOlder { symbols = symbolizer() }
    program.end()
    symbols.catchUp()
    #expect(name(symbols, hidden + 2, in: process) == "hidden+2")
    #expect(name(symbols, visible, in: process) == "visible+0")
  }

  @Test func deletedFilesAreNamed() throws {
    let program = try TestProgram()
    let (process, hidden, _) = try program.start()
    try FileManager.default.removeItem(atPath: program.path)
    let symbols = symbolizer()
    #expect(name(symbols, hidden, in: process) == "hidden+0")
    let later = symbolizer { $0.symbolCache = .none }
    #expect(name(later, hidden, in: process) == "hidden+0")
    #expect(later.descriptors.isEmpty)
  }

  @Test func filesThatWereDeletedSinceAreNamed() throws {
    let program = try TestProgram()
    let symbols = symbolizer()
    let (process, hidden, _) = try program.start()
    symbols.catchUp()
    program.end()
    try FileManager.default.removeItem(atPath: program.path)
    #expect(name(symbols, hidden, in: process) == "hidden+0")
  }

  @Test func otherMountNamespacesAreSeen() throws {
    let program = try TestProgram()
    let symbols = symbolizer()
    let command = """
      exec unshare --mount sh -ec 'mkdir own; mount -t tmpfs none own; cp program own; exec own/program'
      """
    let (process, hidden, _) = try program.start(by: command)
    symbols.catchUp()
    program.end()
    #expect(name(symbols, hidden, in: process) == "hidden+0")
  }

  @Test func returnAddressesBelongToTheCaller() throws {
    let program = try TestProgram()
    let symbols = symbolizer()
    let (process, _, visible) = try program.start()
    symbols.catchUp()
    #expect(name(symbols, visible, in: process, isReturnAddress: true) != "visible+0")
    #expect(name(symbols, visible + 1, in: process, isReturnAddress: true) == "visible+1")
  }

  @Test func librariesAndTheKernelsCodeAreNamed() throws {
    let symbols = symbolizer()
    let own = getpid()
    let address = UInt64(UInt(bitPattern: dlsym(nil, "malloc")))
    #expect(name(symbols, address, in: own) == "malloc+0")
    let memory = try #require(MapsFile.executableMemory(of: own))
    let code = try #require(memory.first { $0.path == SharedCode.path })
    let names = stride(from: code.start, to: code.start + code.count, by: 16).compactMap {
      name(symbols, $0, in: own)
    }
    #expect(names.contains { $0.hasPrefix("__vdso_clock_gettime+") || $0.hasPrefix("clock_gettime+") })
    #expect(name(symbols, 16, in: own) == nil)
    #expect(name(symbols, address, in: 0) == nil)
  }

  @Test func functionsThatProcessesMadeAreNamed() throws {
    let own = getpid()
    let page = try #require(
      mmap(nil, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    defer { munmap(page, 4096) }
    let address = UInt64(UInt(bitPattern: page))
    let path = "/tmp/perf-\(own).map"
    try "\(String(address, radix: 16)) 40 made here\n".write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let symbols = symbolizer()
    #expect(name(symbols, address + 3, in: own) == "made here+3")
    #expect(name(symbols, address + 0x40, in: own) == nil)
  }

  @Test func namesAreLeftAsTheyAreIfThatIsAskedFor() throws {
    let program = try TestProgram(commands: "objcopy --redefine-sym visible=_ZN1a1bEi program")
    let (process, _, visible) = try program.start()
    #expect(name(symbolizer(), visible, in: process) == "a::b(int)+0")
    #expect(name(symbolizer { $0.demanglesNames = false }, visible, in: process) == "_ZN1a1bEi+0")
  }

}
