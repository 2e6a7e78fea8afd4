import Glibc
import Output

/// When output is handed to the system.
public enum Buffering: String, Hashable, Sendable {

  /// After every event.
  case none

  /// After every event that ends a line.
  case line

  /// When much has gathered, and at the end.
  case full

  /// When all events that were there are printed, or much has gathered.
  case batch

}

/// Why output cannot be written.
enum WriteFailure: Error {

  /// Nobody reads it any more.
  case closed

  /// The system refused it.
  case refused(Int32)

}

/// Hands output to the system.
struct OutputWriter {

  /// The open file that output goes to.
  let descriptor: Int32

  /// When output is handed over.
  let buffering: Buffering

  /// The number of bytes that is much.
  private static let limit = 1 << 16

  /// Writes what is due behind an event.
  func writeAfterEvent(_ buffer: inout OutputBuffer) throws(WriteFailure) {
    let isDue =
      switch buffering {
      case .none: true
      case .line: buffer.output.last == UInt8(ascii: "\n")
      case .full, .batch: buffer.output.count >= Self.limit
      }
    if isDue && !buffer.output.isEmpty || !buffer.messages.isEmpty { try write(&buffer) }
  }

  /// Writes what is due when there are no more events for now.
  func writeAfterBatch(_ buffer: inout OutputBuffer) throws(WriteFailure) {
    if buffering == .batch && !buffer.output.isEmpty { try write(&buffer) }
  }

  /// Writes everything, messages last, so that what was lost is said behind what was kept.
  func write(_ buffer: inout OutputBuffer) throws(WriteFailure) {
    let (output, messages) = (buffer.output, buffer.messages)
    buffer.output.removeAll(keepingCapacity: true)
    buffer.messages.removeAll(keepingCapacity: true)
    // A message that cannot be shown is no reason to end.
    defer { try? write(messages, to: STDERR_FILENO) }
    try write(output, to: descriptor)
  }

  /// Makes the descriptor one of a file that takes no output, so that a reader at the other end of a pipe comes to its end.
  func close() {
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    if null < 0 { return }
    dup2(null, descriptor)
    Glibc.close(null)
  }

  /// Writes all of `bytes` to `file`.
  private func write(_ bytes: [UInt8], to file: Int32) throws(WriteFailure) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress.map { $0 + start }, $0.count - start)
      }
      if count >= 0 {
        start += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EPIPE: throw .closed
      case EAGAIN:
        // Somebody made the file non-blocking, such as a terminal shared with another process.
        var request = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, -1)
      default: throw .refused(errno)
      }
    }
  }

}
