import Glibc

/// Reads whole files that may be of any size.
enum FileContents {

  /// Returns the contents of the file at `path`, nil if it cannot be read or has more than `limit` bytes.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if file < 0 { return nil }
    defer { close(file) }
    return read(file, limit: limit)
  }

  /// Returns the contents of the open file `file`, nil if it cannot be read or has more than `limit` bytes.
  static func read(_ file: Int32, limit: Int) -> [UInt8]? {
    var result: [UInt8] = []
    var capacity = 1 << 14
    while true {
      // A pipe or a device is no file whose end is ever reached.
      if result.count > limit { return nil }
      var status = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { memory, count in
        repeat {
          status = Glibc.read(file, memory.baseAddress, memory.count)
        } while status < 0 && errno == EINTR
        count = max(0, status)
      }
      if status < 0 { return nil }
      if status == 0 { return result }
      if result.isEmpty { result = chunk } else { result += chunk }
      capacity = min(capacity * 2, 1 << 22)
    }
  }

}
