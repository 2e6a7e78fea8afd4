import Glibc

/// The names of the processes that run now.
enum ProcessNames {

  /// Returns the name of the process with the given number, empty if there is none (any more).
  static func name(ofProcess number: UInt32) -> [UInt8] {
    let file = open("/proc/\(number)/comm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    // 15 bytes at most and a line end.
    let bytes = [UInt8](unsafeUninitializedCapacity: 64) { memory, count in
      count = max(0, read(file, memory.baseAddress, memory.count))
    }
    return bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
  }

}
