import Binaries
import Foundation
import Testing

/// What is read of a program and of libraries that are on every machine where tests run.
@Suite struct BinaryFileTests {

  /// The program of the tests itself.
  private static let own = "/proc/self/exe"

  @Test func theProgramItselfIsRead() throws {
    let file = try BinaryFile(Self.own)
    #expect(file.is64Bit)
    #expect(file.machine == .current)
    #expect(file.section(named: ".text")?.isExecutable == true)
    #expect(file.segments.contains { $0.isLoaded && $0.isExecutable })
  }

  @Test func offsetsAndAddressesAreInverse() throws {
    let file = try BinaryFile(Self.own)
    let text = try #require(file.section(named: ".text"))
    #expect(file.offset(ofAddress: text.address + 5) == text.offset + 5)
    #expect(file.address(ofOffset: text.offset + 5) == text.address + 5)
    #expect(file.hasCode(atAddress: text.address))
    #expect(file.offset(ofAddress: .max) == nil)
    #expect(!file.hasCode(atAddress: .max))
  }

  @Test func functionsOfTheLibraryAreFound() throws {
    let library = try BinaryFile("/lib/x86_64-linux-gnu/libc.so.6")
    var found: [String: [(Symbol, SymbolVersion?)]] = [:]
    library.dynamicSymbols.forEach { symbol, name in
      let name = String(decoding: name, as: UTF8.self)
      found[name, default: []].append((symbol, library.dynamicSymbols.version(of: symbol)))
      return true
    }
    let malloc = try #require(found["malloc"]?.first)
    #expect(malloc.0.isFunction && malloc.0.kind == .function && malloc.0.size > 0)
    #expect(malloc.1?.name == "GLIBC_2.2.5" && malloc.1?.isDefault == true)
    #expect(found["strlen"]?.first?.0.kind == .indirectFunction)
    let versions = try #require(found["memcpy"]).compactMap(\.1)
    #expect(versions.filter(\.isDefault).map(\.name) == ["GLIBC_2.14"])
    #expect(versions.contains { $0.name == "GLIBC_2.2.5" && !$0.isDefault })
    #expect(library.isRelocatable)
    #expect(library.buildID?.count == 20)
  }

  @Test func readingEndsWhereTheCallerWants() throws {
    var count = 0
    try BinaryFile("/lib/x86_64-linux-gnu/libc.so.6").dynamicSymbols.forEach { _, _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
  }

  @Test(arguments: [
    ("/etc/passwd", BinaryFault.notELF), ("/dev/null", .unreadable(errorNumber: EINVAL)),
    ("/usr", .unreadable(errorNumber: EISDIR)), ("/nowhere/x", .unreadable(errorNumber: ENOENT)),
  ])
  func otherFilesAreRefused(path: String, fault: BinaryFault) {
    #expect(throws: fault) { try BinaryFile(path) }
  }

  /// A file with a byte changed must neither end the process nor take long.
  @Test func damagedFilesAreSurvived() throws {
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "/bin/true")))
    let path = NSTemporaryDirectory() + "apus-damaged-\(getpid())"
    defer { unlink(path) }
    let header = Array(0..<64)
    let tables = (0..<600).map { original.count - 1 - $0 * 7 }.filter { $0 >= 64 }
    for place in header + tables {
      for value in [0, 0xff] as [UInt8] {
        var bytes = original
        bytes[place] = value
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        guard let file = try? BinaryFile(path) else { continue }
        for table in [file.symbols, file.dynamicSymbols] {
          table.forEach { symbol, _ in table.version(of: symbol) != nil || true }
        }
        _ = (
          file.buildID, file.debugLink?.name, file.notes(in: ".note.stapsdt"), file.offset(ofAddress: 4096)
        )
      }
    }
    for count in stride(from: 0, to: 4096, by: 61) {
      try Data(original.prefix(count)).write(to: URL(fileURLWithPath: path))
      _ = try? BinaryFile(path)
    }
  }

}
