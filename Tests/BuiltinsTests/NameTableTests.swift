import Foundation
import Testing

@testable import Builtins

/// The tables of names, compared with what the system has.
@Suite struct NameTableTests {

  /// The texts of errors are those of the C library.
  @Test func errors() {
    for number in 0..<200 {
      let text = String(cString: strerror(Int32(number)))
      let known = text.hasPrefix("Unknown error") ? nil : text
      let texts = ErrorTexts.table.texts
      #expect((number < texts.count ? texts[number] : nil) == known)
    }
  }

  /// The system calls of the C headers are in the tables under their numbers.
  @Test(arguments: [
    ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", true), ("/usr/include/asm-generic/unistd.h", false),
  ])
  func systemCalls(header: String, isX86: Bool) throws {
    let text = try String(contentsOfFile: header, encoding: .utf8)
    let table = NameTable(parsing: isX86 ? SystemCallNames.x86 : SystemCallNames.generic)
    var count = 0
    for match in text.matches(of: /#define __NR(?:3264)?_(\w+)\s+(\d+)/) {
      // From 403 to 423 are those that only machines of 32 bits have besides.
      guard let number = Int(match.2), !["syscalls", "arch_specific_syscall"].contains(match.1),
        isX86 || !(403...423).contains(number)
      else { continue }
      // The generic table has names for 32 and for 64 bits; these are those of 64 bits that are called otherwise.
      let generic = ["fstatat": "newfstatat", "sync_file_range2": "sync_file_range"]
      #expect(table.texts[number] == (isX86 ? String(match.1) : generic[String(match.1)] ?? String(match.1)))
      count += 1
    }
    #expect(count > 280)
  }

  /// Rows have equal lengths and end with one for numbers without a name.
  @Test func rows() {
    let table = NameTable(parsing: "1 ab 3 c")
    #expect(table.texts == [nil, "ab", nil, "c"])
    #expect(table.capacity(with: "xyz") == 4)
    #expect(table.rows(with: "xyz", stride: 4) == Array("xyz\0ab\0\0xyz\0c\0\0\0xyz\0".utf8))
  }

}
