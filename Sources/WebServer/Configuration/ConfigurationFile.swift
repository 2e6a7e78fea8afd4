import Glibc

/// A small file that is read as a whole.
struct ConfigurationFile: Hashable {

  /// What tells whether a file is still the one that was read.
  struct Stamp: Hashable {

    /// The file system and the file in it.
    let place: [UInt64]

    /// The size in bytes.
    let size: Int

    /// When it was written, and when anything about it changed, in seconds and nanoseconds.
    let times: [Int]

    /// Creates the stamp of the file at `path`, nil if there is none.
    init?(path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      self.init(status)
    }

    /// Creates the stamp that `status` tells.
    fileprivate init(_ status: stat) {
      place = [UInt64(status.st_dev), UInt64(status.st_ino)]
      size = Int(status.st_size)
      times = [status.st_mtim, status.st_ctim].flatMap { [$0.tv_sec, $0.tv_nsec] }
    }

  }

  /// The bytes that a file may have.
  static let limit = 1 << 20

  /// Why a file cannot be read.
  struct Failure: Error, Hashable {

    /// The reason, in words.
    let reason: String

  }

  /// Returns the bytes of the file at `path`.
  static func bytes(at path: String) throws(Failure) -> [UInt8] {
    // Opening a pipe would wait for somebody to write to it.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(reason: String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(reason: "it is no regular file") }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(file, &buffer, buffer.count)
      guard count >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
      if count == 0 { return result }
      result += buffer[..<count]
      guard result.count <= limit else { throw Failure(reason: "it is larger than 1 MiB") }
    }
  }

}
