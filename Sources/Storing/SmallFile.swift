import Glibc

/// Files that are read at once.
public enum SmallFile {

  /// Returns what is in the file at `path`; nil, and why in `errno`, if it cannot be read.
  public static func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { return nil }
    defer { close(file) }
    return contents(of: file, expecting: 4096)
  }

  /// Returns what is left to read in `file`, some `size` bytes; nil, and why in `errno`, if it cannot be read.
  static func contents(of file: Int32, expecting size: Int) -> [UInt8]? {
    var result: [UInt8] = []
    var room = max(size, 64)
    while true {
      var status = 0
      let piece = [UInt8](unsafeUninitializedCapacity: room) { memory, count in
        repeat { status = read(file, memory.baseAddress, room) } while status < 0 && errno == EINTR
        count = max(status, 0)
      }
      if status < 0 { return nil }
      if status == 0 { return result }
      if result.isEmpty { result = piece } else { result += piece }
      room = 1 << 16
    }
  }

}
