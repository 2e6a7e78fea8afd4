import BPF
import Glibc

/// The list of a process's memory in `/proc/PID/maps` (`proc(5)`).
enum MapsFile {

  /// Returns the executable memory of the process with the given number; nil if it cannot be told, empty if it has ended.
  static func executableMemory(of process: Int32) -> [ProcessEvent.MappedFile]? {
    guard let text = FileContents.read("/proc/\(process)/maps", limit: 1 << 26) else { return nil }
    return text.withUnsafeBytes { executableMemory(in: $0) }
  }

  /// Returns the executable memory that `text` lists; lines in other forms are left out.
  static func executableMemory(in text: UnsafeRawBufferPointer) -> [ProcessEvent.MappedFile] {
    var result: [ProcessEvent.MappedFile] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      var line = FieldScanner(UnsafeRawBufferPointer(rebasing: text[start..<end]))
      if let file = mappedFile(in: &line) { result.append(file) }
      start = end + 1
    }
    return result
  }

  /// Returns the executable memory that `line` is about, nil if it is about other memory.
  ///
  ///     7f8a1c000000-7f8a1c021000 r-xp 00001000 fe:01 1234    /usr/lib/libc.so.6
  private static func mappedFile(in line: inout FieldScanner) -> ProcessEvent.MappedFile? {
    guard let start = line.takeNumber(radix: 16), line.take("-"), let end = line.takeNumber(radix: 16),
      start < end, line.take(" "), line.takeField().dropFirst(2).first == UInt8(ascii: "x"), line.take(" "),
      let offset = line.takeNumber(radix: 16), line.take(" "), let major = line.takeNumber(radix: 16),
      line.take(":"), let minor = line.takeNumber(radix: 16), line.take(" "),
      let inode = line.takeNumber(radix: 10)
    else { return nil }
    line.skipSpaces()
    return ProcessEvent.MappedFile(
      start: start, count: end - start, fileOffset: offset,
      device: ProcessEvent.deviceNumber(UInt32(truncatingIfNeeded: major), UInt32(truncatingIfNeeded: minor)),
      inode: inode, path: unescaped(line.rest))
  }

  /// Returns `path` with the line ends that the kernel writes as `\012` (`seq_file_path` in `fs/proc/task_mmu.c`).
  private static func unescaped(_ path: UnsafeRawBufferPointer) -> [UInt8] {
    guard path.contains(UInt8(ascii: "\\")) else { return Array(path) }
    let escape = Array("\\012".utf8)
    var result: [UInt8] = []
    var index = 0
    while index < path.count {
      let isEscape = path[index...].starts(with: escape)
      result.append(isEscape ? UInt8(ascii: "\n") : path[index])
      index += isEscape ? escape.count : 1
    }
    return result
  }

}
