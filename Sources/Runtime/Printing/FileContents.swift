import BPF
import Glibc

/// Reading of files that scripts ask for.
enum FileContents {

  /// Returns the first bytes of the file at `path`, at most `limit`.
  static func read(_ path: String, atMost limit: Int) -> Result<[UInt8], SystemError> {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .failure(SystemError(call: "open", number: errno)) }
    defer { close(file) }
    return read(file, atMost: limit)
  }

  /// Returns the bytes that can be read from `file`, at most `limit`.
  static func read(_ file: Int32, atMost limit: Int = .max) -> Result<[UInt8], SystemError> {
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 16))
    while contents.count < limit {
      let count = Glibc.read(file, &chunk, min(chunk.count, limit - contents.count))
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(SystemError(call: "read", number: errno))
      }
      if count == 0 { break }
      contents += chunk[..<count]
    }
    return .success(contents)
  }

}
