import Binaries
import Foundation
import TestSupport
import Testing

/// Where instructions start.
@Suite struct InstructionTests {

  /// Every instruction of some functions, as a disassembler tells them.
  @Test(arguments: ["/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libm.so.6"])
  func startsAreThoseOfTheDisassembler(path: String) throws {
    let file = try BinaryFile(path)
    let text = try #require(file.section(named: ".text"))
    // A stretch of the code that begins and ends with functions.
    var starts: [UInt64] = []
    for table in [file.dynamicSymbols, file.symbols] {
      table.forEach { symbol, _ in
        if symbol.kind == .function, symbol.size > 64, symbol.address >= text.address,
          symbol.address + symbol.size < text.address + text.size
        {
          starts.append(symbol.address)
        }
        return true
      }
    }
    starts = Array(Set(starts)).sorted()
    var checked = 0
    for start in stride(from: 0, to: starts.count, by: max(1, starts.count / 8)).map({ starts[$0] }) {
      let end = start + 64
      let listing = try run(
        "/usr/bin/objdump",
        ["-d", "--no-show-raw-insn", "--start-address=\(start)", "--stop-address=\(end)", path])
      let boundaries = listing.output.split(separator: "\n").compactMap { line -> UInt64? in
        guard let colon = line.firstIndex(of: ":"), line.hasPrefix(" ") else { return nil }
        return UInt64(line[..<colon].trimmingCharacters(in: .whitespaces), radix: 16)
      }
      #expect(boundaries.first == start)
      let place = try #require(file.offset(ofAddress: start))
      // The disassembler takes what the end cuts off for something else.
      for address in start..<end - 16 {
        let expected = boundaries.contains(address)
        #expect(
          file.hasInstruction(at: address - start, behind: place) == expected,
          "0x\(String(address, radix: 16)) of \(path)")
        checked += 1
      }
    }
    #expect(checked > 100)
  }

}
