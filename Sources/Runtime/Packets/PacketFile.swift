import Glibc

/// A file of packets in the format of pcap, see pcap-savefile(5): IP packets with their times in nanoseconds.
final class PacketFile {

  /// The open file.
  private let descriptor: Int32

  /// `true` iff a packet could not be written, so that no more are.
  private(set) var hasFailed = false

  /// Makes the file at `path`, or a new one of an old one; throws the error number.
  init(_ path: String) throws(OpenFailure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw OpenFailure(number: errno) }
    var head: [UInt8] = []
    // The magic number of times in nanoseconds, the version 2.4, two words without meaning, the greatest length of a packet, and
    // LINKTYPE_RAW.
    for word: UInt32 in [0xa1b2_3c4d, 4 << 16 | 2, 0, 0, 1 << 20, 101] { head.append(word: word) }
    write(head)
  }

  /// Why a file could not be opened.
  struct OpenFailure: Error {

    /// The error number (`errno`).
    let number: Int32

  }

  /// Closes the file.
  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes a packet of the given bytes, seen `time` nanoseconds after 1970 began.
  func write(_ packet: UnsafeRawBufferPointer, at time: UInt64) {
    var record: [UInt8] = []
    record.reserveCapacity(16 + packet.count)
    record.append(word: UInt32(truncatingIfNeeded: time / 1_000_000_000))
    record.append(word: UInt32(time % 1_000_000_000))
    record.append(word: UInt32(packet.count))
    record.append(word: UInt32(packet.count))
    record.append(contentsOf: packet)
    write(record)
  }

  /// Writes all of `bytes`.
  private func write(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count, !hasFailed {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + start, bytes.count - start)
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { hasFailed = true } else { start += count }
    }
  }

}

extension [UInt8] {

  /// Appends a number of 32 bits, the lowest byte first.
  fileprivate mutating func append(word: UInt32) {
    for i in 0..<4 { append(UInt8(truncatingIfNeeded: word >> (8 * i))) }
  }

}
