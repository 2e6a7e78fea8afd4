import Glibc

/// What tells whether a file is what it was: which file it is, and when it was last changed.
public struct FileState: Hashable, Codable, Sendable {

  /// The device and the number of the file on it.
  let device: UInt64, inode: UInt64

  /// The kind of file and its permissions.
  let mode: UInt32

  /// The number of bytes.
  let size: Int64

  /// When the contents were changed, as the file says, in nanoseconds since 1970.
  let modified: Int64

  /// When anything about the file was changed, in nanoseconds since 1970. Nobody can set it at will.
  let changed: Int64

  /// Creates the state of the file at `path`; nil if there is none.
  init?(ofFileAt path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    mode = status.st_mode
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
  }

  /// Returns `true` iff the file was changed so short a time before `now` that it may be changed once more without a difference
  /// in its times: some file systems count seconds.
  func isFresh(at now: Int64) -> Bool { max(modified, changed) > now - 2_000_000_000 }

  /// The time in nanoseconds since 1970, by the clock that files are stamped with.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

}
