import Glibc

/// Returns the contents of the file at `path`, whose length need not be known in advance; throws the error number.
func readFile(_ path: String) throws(FileError) -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  if file < 0 { throw FileError(number: errno) }
  defer { close(file) }
  var result: [UInt8] = []
  var capacity = 1 << 16
  while true {
    let start = result.count
    var status = 0
    result.append(contentsOf: repeatElement(0, count: capacity))
    result.withUnsafeMutableBytes { buffer in
      repeat {
        status = read(file, buffer.baseAddress! + start, capacity)
      } while status < 0 && errno == EINTR
    }
    if status < 0 { throw FileError(number: errno) }
    result.removeLast(capacity - status)
    if status == 0 { return result }
    // Files of the kernel give as much as fits, up to some limit of their own.
    if status == capacity { capacity = min(capacity * 2, 1 << 22) }
  }
}

/// Why a file could not be read.
struct FileError: Error {

  /// The error number (`errno`).
  let number: Int32

  /// What the error number means, in the C library's words, in lower case.
  var explanation: String { String(cString: strerror(number)).lowercased() }

}

/// Returns the names in the directory at `path`, sorted; throws the error number.
func listDirectory(_ path: String) throws(FileError) -> [String] {
  guard let directory = opendir(path) else { throw FileError(number: errno) }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    // `d_name` is longer than its declaration says where the file system allows longer names.
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name)!
    let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
    let isDirectory = entry.pointee.d_type == UInt8(DT_DIR)
    let name = String(cString: start)
    if isDirectory && name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}
