import Glibc

/// A file of which only the pages that are looked at are read.
///
/// It is mapped where the kernel allows that (files of type information: Linux 6.16, commit a539e2a6d51d), else pages
/// are read into memory of the process one by one.
final class LazyFile {

  /// The number of bytes.
  let count: Int

  /// The memory.
  private let memory: UnsafeMutableRawPointer

  /// The open file; −1 if it is mapped.
  private let file: Int32

  /// For each page, `true` iff it was read; empty if the file is mapped.
  private var isRead: [Bool] = []

  /// The number of bytes that are read at once.
  private static let page = 4096

  /// Creates an instance that reads the file at `path`; nil if it cannot be read.
  init?(_ path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { return nil }
    var status = stat()
    if fstat(file, &status) != 0 || status.st_size <= 0 {
      close(file)
      return nil
    }
    count = Int(status.st_size)
    var memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0)
    if memory != MAP_FAILED {
      close(file)
      self.file = -1
    } else {
      memory = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      self.file = file
      isRead = [Bool](repeating: false, count: count / LazyFile.page + 1)
    }
    self.memory = memory!
    if memory == MAP_FAILED {
      if self.file >= 0 { close(self.file) }
      return nil
    }
  }

  /// Creates an instance that has `bytes` already, of which there is at least one; nil if there is no memory.
  init?(_ bytes: [UInt8]) {
    let memory = mmap(nil, bytes.count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    bytes.withUnsafeBytes { memory.copyMemory(from: $0.baseAddress!, byteCount: bytes.count) }
    count = bytes.count
    self.memory = memory
    file = -1
  }

  /// Releases the memory.
  deinit {
    munmap(memory, count)
    if file >= 0 { close(file) }
  }

  /// Returns the address of `length` bytes from `offset` on, nil if the file does not have them.
  func bytes(at offset: Int, count length: Int) -> UnsafeRawPointer? {
    if offset < 0 || length < 0 || offset > count - length { return nil }
    if file >= 0 {
      for page in offset / LazyFile.page...max(offset, offset + length - 1) / LazyFile.page
      where !isRead[page] {
        if !read(page) { return nil }
      }
    }
    return UnsafeRawPointer(memory + offset)
  }

  /// Returns the 32-bit number at `offset`, nil if the file does not have it.
  func word(at offset: Int) -> UInt32? {
    bytes(at: offset, count: 4)?.loadUnaligned(as: UInt32.self)
  }

  /// Reads a page; returns `true` iff that succeeded.
  private func read(_ page: Int) -> Bool {
    let start = page * LazyFile.page
    let length = min(LazyFile.page, count - start)
    var done = 0
    while done < length {
      let status = pread(file, memory + start + done, length - done, off_t(start + done))
      if status <= 0 { return false }
      done += status
    }
    isRead[page] = true
    return true
  }

}
