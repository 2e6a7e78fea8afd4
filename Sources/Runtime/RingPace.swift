import BPF

/// When the ring buffer is to be looked at again.
///
/// For a program to wake the process takes some microseconds of what is traced; so while events keep coming, nobody wakes the
/// process, but it looks by itself.
enum RingPace: Hashable {

  /// At once, since much has gathered meanwhile.
  case atOnce

  /// In a moment, since there are events now and then.
  case soon

  /// Not before there is room for what was printed.
  case later

  /// When a program says that there is something in it.
  case whenReadable

  /// Creates the pace behind the reading of `size` bytes of `ring`.
  init(afterReading size: Int, of ring: borrowing RingBuffer) {
    if size > ring.capacity / 32 {
      self = .atOnce
    } else {
      // The next record may be one that a program has not completed, which nothing but looking again tells.
      self = ring.isHolding || ring.isAhead ? .soon : .whenReadable
    }
  }

  /// Returns the milliseconds that `poll` may wait for anything else, at most `limit`.
  func timeout(atMost limit: Int32) -> Int32 {
    switch self {
    case .atOnce: 0
    case .soon: min(1, limit)
    // Nobody says when the script calls `exit`: its event is behind others.
    case .later: min(100, limit)
    case .whenReadable: limit
    }
  }

}
