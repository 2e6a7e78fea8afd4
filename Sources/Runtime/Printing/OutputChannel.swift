import Glibc

/// Why output cannot be written.
enum WriteFailure: Error {

  /// Nobody reads it any more.
  case closed

  /// The system refused it.
  case refused(Int32)

}

/// A file that output goes to, whose reader may be slow.
struct OutputChannel: ~Copyable {

  /// The open file.
  let descriptor: Int32

  /// An open file for the same that takes no more than there is room for, −1 if there is none.
  ///
  /// It is not `descriptor`, since whether an open file waits is the same for all processes that share it.
  private var impatientDescriptor: Int32 = -1

  /// The number of bytes that are written of those that are to be written.
  private var start = 0

  /// `true` iff there was no room for some bytes.
  private(set) var isWaiting = false

  /// What tells files apart: the numbers of the device and of the file.
  private(set) var identity: (device: UInt, file: UInt)? = nil

  /// Creates an instance that writes to the open file `descriptor`.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Closes what was opened.
  deinit { if impatientDescriptor >= 0 { close(impatientDescriptor) } }

  /// What can be polled until there is room, −1 if there is enough.
  var awaitedDescriptor: Int32 { isWaiting ? impatientDescriptor : -1 }

  /// Makes it possible to write without waiting, where there may be something to wait for.
  mutating func prepare() {
    var status = stat()
    guard impatientDescriptor < 0, fstat(descriptor, &status) == 0 else { return }
    identity = (status.st_dev, status.st_ino)
    let isPipe = status.st_mode & S_IFMT == S_IFIFO
    guard isPipe || isatty(descriptor) == 1 else { return }
    impatientDescriptor = open(
      "/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
  }

  /// Writes `bytes` and removes them; those that there is no room for stay unless it `waits` for that.
  ///
  /// What is added to bytes that stayed is written behind them.
  mutating func write(_ bytes: inout [UInt8], waits: Bool) throws(WriteFailure) {
    isWaiting = false
    let file = waits || impatientDescriptor < 0 ? descriptor : impatientDescriptor
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + start, $0.count - start) }
      if count >= 0 {
        start += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN where file != descriptor:
        isWaiting = true
        return
      case EAGAIN:
        // Somebody made the file non-blocking, such as a terminal shared with another process.
        var request = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, -1)
      case let number:
        discard(&bytes)
        throw number == EPIPE ? .closed : .refused(number)
      }
    }
    discard(&bytes)
  }

  /// Removes what is behind the first `limit` of `bytes` and is not written.
  func cut(_ bytes: inout [UInt8], to limit: Int) {
    bytes.removeLast(bytes.count - min(bytes.count, max(limit, start)))
  }

  /// Removes `bytes`; they keep their memory if it is not much.
  private mutating func discard(_ bytes: inout [UInt8]) {
    start = 0
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
  }

  /// The number of bytes of memory that are kept for what comes next.
  private static let keptCapacity = 1 << 20

  /// Makes the open file one that takes no output, so that a reader at the other end of a pipe comes to its end.
  mutating func end() {
    if impatientDescriptor >= 0 { close(impatientDescriptor) }
    impatientDescriptor = -1
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    if null < 0 { return }
    dup2(null, descriptor)
    close(null)
  }

}
