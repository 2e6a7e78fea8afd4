import CBinaries
import Glibc

extension BinaryFile {

  /// Opens the file at `path` as the process with the given number sees it, nil for this one.
  public convenience init(_ path: String, inRootOf process: Int32? = nil) throws(BinaryFault) {
    try self.init(owning: try BinaryFile.open(path, inRootOf: process), openedAt: path)
  }

  /// Returns the number of the open file, for reading, that the process with the given number, nil for this one, finds at
  /// `path`; the caller must close it.
  ///
  /// Symbolic links on the way lead to where they lead in that process (openat2(2), `RESOLVE_IN_ROOT`).
  public static func open(_ path: String, inRootOf process: Int32?) throws(BinaryFault) -> Int32 {
    var result = Int32(-1)
    if let process {
      let root = Glibc.open("/proc/\(process)/root", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if root < 0 { throw .unreadable(errorNumber: errno) }
      defer { close(root) }
      result = cbinaries_open_in_root(root, path)
      if result < 0 { throw .unreadable(errorNumber: -result) }
      return result
    }
    result = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if result < 0 { throw .unreadable(errorNumber: errno) }
    return result
  }

}
