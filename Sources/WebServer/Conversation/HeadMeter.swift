/// Measures the heads of requests as their bytes come.
struct HeadMeter: Hashable {

  /// Why a head is too long.
  enum Excess: Error, Hashable {

    /// The first line is.
    case line

    /// The fields are.
    case fields

  }

  /// The bytes that a head may have.
  let limit: Int

  /// The bytes of the head that is being received.
  private(set) var count = 0

  /// `true` iff the first line of it is complete.
  private var hasLine = false

  /// `true` iff nothing but a carriage return came since the last end of a line.
  private var isAtLineStart = true

  /// Creates a meter for heads of at most `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// Takes `bytes` into account, which have nothing but heads in them.
  mutating func measure(_ bytes: some Sequence<UInt8>) throws(Excess) {
    for byte in bytes {
      count += 1
      switch byte {
      case UInt8(ascii: "\n") where isAtLineStart: self = HeadMeter(limit: limit)
      case UInt8(ascii: "\n"):
        hasLine = true
        isAtLineStart = true
      case UInt8(ascii: "\r"): break
      default: isAtLineStart = false
      }
      if count > limit { throw hasLine ? .fields : .line }
    }
  }

}
