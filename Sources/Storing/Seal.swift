/// A sum in front of bytes that tells whether they are what was written.
///
/// It finds out damage, not intent: whoever can write a file can write its sum.
enum Seal {

  /// The number of bytes that the sum takes.
  private static let size = 8

  /// Returns `bytes` behind their sum.
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    prefix(of: sum(of: bytes)) + bytes
  }

  /// Returns the bytes behind their sum, nil if they are others than it is of.
  static func contents(of sealed: [UInt8]) -> [UInt8]? {
    guard sealed.count >= size else { return nil }
    let bytes = Array(sealed[size...])
    return prefix(of: sum(of: bytes)) == Array(sealed[..<size]) ? bytes : nil
  }

  /// Returns `sum` as it is written.
  private static func prefix(of sum: UInt64) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: sum >> UInt64(8 * $0)) }
  }

  /// Returns a number that any change of `bytes` is likely to change: each word is mixed in by a multiplication whose upper and
  /// lower half both count.
  static func sum(of bytes: [UInt8]) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    /// Mixes `word` into the state.
    func mix(_ word: UInt64) {
      let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      state = (product.high ^ product.low) &+ word.byteSwapped
    }
    bytes.withUnsafeBytes { memory in
      var place = 0
      while place + 8 <= memory.count {
        mix(UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
        place += 8
      }
      var last: UInt64 = 1
      while place < memory.count {
        last = last << 8 | UInt64(memory[place])
        place += 1
      }
      mix(last)
    }
    mix(0x5851_F42D_4C95_7F2D)
    return state
  }

}
