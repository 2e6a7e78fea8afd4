import Glibc

/// The standard streams, written without a buffer of ours.
enum Console {

  /// Writes `text` to standard output.
  static func show(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes `bytes` to standard output.
  static func show(_ bytes: [UInt8]) { bytes.withUnsafeBytes { write($0, to: STDOUT_FILENO) } }

  /// Writes a plain sentence, and what to do about it if that can be said, to standard error.
  static func report(_ sentence: String, hint: String? = nil) {
    write("apus: \(sentence)\(hint.map { "; \($0)" } ?? "")\n", to: STDERR_FILENO)
  }

  /// Writes `text` as it is to standard error.
  static func note(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Writes `text`, a line, to standard error if there is room for it now: whoever reads that slowly must not hold up the thread.
  static func noteIfPossible(_ text: String) {
    var request = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    if poll(&request, 1, 0) > 0 { note(text) }
  }

  /// Writes all of `text` to `descriptor`; what nobody reads is dropped.
  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Writes all of `bytes` to `descriptor`; what nobody reads is dropped.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

}
