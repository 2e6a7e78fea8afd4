import BPF
import Testing

@testable import Symbols

/// Lists of a process's memory.
@Suite struct MapsFileTests {

  /// Returns what `text` lists.
  private func read(_ text: String) -> [ProcessEvent.MappedFile] {
    Array(text.utf8).withUnsafeBytes { MapsFile.executableMemory(in: $0) }
  }

  @Test func executableMemoryIsRead() {
    let files = read(
      """
      55d0c0a00000-55d0c0a01000 r--p 00000000 fe:01 1234                       /usr/bin/cat
      55d0c0a01000-55d0c0a06000 r-xp 00002000 fe:01 1234                       /usr/bin/cat
      7f0000000000-7f0000001000 rwxp 00000000 00:00 0
      7f0000002000-7f0000003000 r-xp 00000000 00:2a 99 /tmp/a b\\012c (deleted)
      7fff0e1fe000-7fff0e200000 r-xp 00000000 00:00 0                          [vdso]
      """)
    #expect(
      files == [
        ProcessEvent.MappedFile(
          start: 0x55d0_c0a0_1000, count: 0x5000, fileOffset: 0x2000, device: 0xfe01, inode: 1234,
          path: Array("/usr/bin/cat".utf8)),
        ProcessEvent.MappedFile(
          start: 0x7f00_0000_0000, count: 0x1000, fileOffset: 0, device: 0, inode: 0, path: []),
        ProcessEvent.MappedFile(
          start: 0x7f00_0000_2000, count: 0x1000, fileOffset: 0, device: 0x2a, inode: 99,
          path: Array("/tmp/a b\nc (deleted)".utf8)),
        ProcessEvent.MappedFile(
          start: 0x7fff_0e1f_e000, count: 0x2000, fileOffset: 0, device: 0, inode: 0,
          path: Array("[vdso]".utf8)),
      ])
  }

  @Test(arguments: [
    "", "\n\n", "x", "1-", "1-2", "1-2 r-x", "2-1 r-xp 0 0:0 0", "1-2 r-xp 0 0:0", "1-2 r-xp 0 0 0 0",
    "11111111111111111111-22222222222222222222 r-xp 0 0:0 0", "- r-xp 0 0:0 0",
  ])
  func otherLinesAreLeftOut(line: String) { #expect(read(line).isEmpty) }

}
