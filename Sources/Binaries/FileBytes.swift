import Glibc

/// An open file of which parts are read on request.
///
/// It is read and not mapped, because a mapped file that someone shortens meanwhile ends the process (`SIGBUS`).
final class FileBytes {

  /// The number of the open file.
  let descriptor: Int32

  /// The number of bytes of the file.
  let count: UInt64

  /// What tells the file from others.
  let identity: FileIdentity

  /// The greatest number of bytes that are read at once: more than any table of a program takes.
  private static let limit: UInt64 = 1 << 30

  /// Creates an instance that owns the open file with the given number.
  init(owning descriptor: Int32) throws(BinaryFault) {
    self.descriptor = descriptor
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let number = errno
      close(descriptor)
      throw .unreadable(errorNumber: number)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(errorNumber: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    count = UInt64(max(status.st_size, 0))
    identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  /// Closes the file.
  deinit { close(descriptor) }

  /// Returns `length` bytes from `offset` on, nil if the file does not have them or they cannot be read.
  func bytes(at offset: UInt64, count length: UInt64) -> [UInt8]? {
    guard length <= Self.limit, offset <= count, length <= count - offset else { return nil }
    let descriptor = descriptor
    let result = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, done in
      while done < buffer.count {
        let status = pread(
          descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
        if status < 0 && errno == EINTR { continue }
        if status <= 0 { return }
        done += status
      }
    }
    return result.count == Int(length) ? result : nil
  }

}
