import Glibc

/// Where the script's output goes: standard output, or the file of `-o`.
struct OutputFile: ~Copyable {

  /// The number of the open file.
  let descriptor: Int32

  /// Creates or empties the file at `path`; standard output stands for nil.
  init(_ path: String?) throws(Stop) {
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Stop("'\(path)' cannot be written: \(String(cString: strerror(errno)))") }
  }

  /// Closes the file.
  deinit { if descriptor > STDOUT_FILENO { close(descriptor) } }

}
