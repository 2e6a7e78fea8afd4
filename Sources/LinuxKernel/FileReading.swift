import Glibc

/// Returns the contents of the file at `path`, whose length need not be known in advance; throws the error number.
func readFile(_ path: String) throws(FileError) -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  if file < 0 { throw FileError(number: errno) }
  defer { close(file) }
  var capacity = 1 << 14
  var count = 0
  var memory = malloc(capacity)!
  defer { free(memory) }
  while true {
    if count == capacity {
      capacity *= 4
      memory = realloc(memory, capacity)!
    }
    let status = read(file, memory + count, capacity - count)
    if status < 0 && errno == EINTR { continue }
    if status < 0 { throw FileError(number: errno) }
    if status == 0 { return [UInt8](UnsafeRawBufferPointer(start: memory, count: count)) }
    count += status
  }
}

/// Returns `true` iff the process may use the file at `path` as `mode` says; whether it is there, by default.
///
/// `access` asks that for the user who started the process, without the capabilities that a process of another user than root
/// may have.
func isAccessible(_ path: String, _ mode: Int32 = F_OK) -> Bool {
  faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0
}

/// Why a file could not be read.
struct FileError: Error {

  /// The error number (`errno`).
  let number: Int32

  /// What the error number means, in the C library's words, in lower case.
  var explanation: String { String(cString: strerror(number)).lowercased() }

}

/// Returns the names of the directories in the directory at `path`, sorted; throws the error number.
func listDirectory(_ path: String) throws(FileError) -> [String] {
  try listEntries(path, areDirectories: true)
}

/// Returns the names of what is no directory in the directory at `path`, sorted; throws the error number.
func listFiles(_ path: String) throws(FileError) -> [String] {
  try listEntries(path, areDirectories: false)
}

/// Returns the names of the directories, or of all else, in the directory at `path`, sorted; throws the error number.
private func listEntries(_ path: String, areDirectories: Bool) throws(FileError) -> [String] {
  guard let directory = opendir(path) else { throw FileError(number: errno) }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    // `d_name` is longer than its declaration says where the file system allows longer names.
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name)!
    let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
    let isDirectory = entry.pointee.d_type == UInt8(DT_DIR)
    let name = String(cString: start)
    if isDirectory == areDirectories && name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}
