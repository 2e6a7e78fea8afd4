import BPF
import Glibc

/// A file that processes have mapped to run code of it.
final class CodeFile {

  /// What tells files from one another.
  struct Identity: Hashable {

    /// The device that the file is on.
    let device: UInt64

    /// The number of the file on its device.
    let inode: UInt64

    /// The path by which the file was mapped, in the mount namespace of the process.
    let path: [UInt8]

  }

  /// What tells the file from others.
  let identity: Identity

  /// A process that had the file mapped, in whose mount namespace the path is.
  let process: Int32

  /// The open file, −1 if it could not be opened or is not kept open.
  private(set) var descriptor: Int32

  /// Creates an instance for a file that `process` has mapped; `descriptor` is the open file, or −1.
  init(_ identity: Identity, mappedBy process: Int32, descriptor: Int32) {
    self.identity = identity
    self.process = process
    self.descriptor = descriptor
  }

  /// Closes the file.
  deinit { close() }

  /// Closes the file.
  func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// The path as the process sees it, without what the kernel says behind the path of a file that was deleted.
  var path: [UInt8] {
    identity.path.count > Self.mark.count && isDeleted
      ? identity.path.dropLast(Self.mark.count) : identity.path
  }

  /// `true` iff the file was deleted when it was mapped.
  private var isDeleted: Bool { identity.path.suffix(Self.mark.count).elementsEqual(Self.mark) }

  /// What the kernel says behind the path of a file that was deleted (`d_path` in `fs/d_path.c`).
  private static let mark = Array(" (deleted)".utf8)

  /// Returns the open file, opened now if it was not kept open; −1 if it is nowhere to be found.
  func open() -> Int32 {
    if descriptor < 0 { descriptor = Self.open(identity, processes: [process]) }
    return descriptor
  }

  /// Opens the file that `identity` tells from others as one of `processes` sees it, or as apus does; −1 if none finds it.
  ///
  /// A file with the same path and another number is another file.
  static func open(_ identity: Identity, processes: [Int32]) -> Int32 {
    guard identity.path.first == UInt8(ascii: "/") else { return -1 }
    for root in processes.map({ "/proc/\($0)/root" }) + [""] {
      let file = open(path: Array(root.utf8) + identity.path)
      if file < 0 { continue }
      if number(of: file) == identity.inode { return file }
      Glibc.close(file)
    }
    return -1
  }

  /// Opens what `process` has mapped from `start` to `end`, whether or not the file has a path any more; −1 if that is not
  /// allowed or the process has ended.
  static func open(mappedBy process: Int32, from start: UInt64, to end: UInt64) -> Int32 {
    let range = "\(String(start, radix: 16))-\(String(end, radix: 16))"
    return open(path: Array("/proc/\(process)/map_files/\(range)".utf8))
  }

  /// Opens the regular file at `path`; −1 if there is none.
  private static func open(path: [UInt8]) -> Int32 {
    let file = (path + [0]).withUnsafeBytes {
      Glibc.open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    if file >= 0, number(of: file) == nil {
      Glibc.close(file)
      return -1
    }
    return file
  }

  /// Returns the number of the open file on its device, nil if it is not a regular file.
  private static func number(of file: Int32) -> UInt64? {
    var status = stat()
    return fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? UInt64(status.st_ino) : nil
  }

}
