/// Bytes that are being written.
///
/// Numbers take as few bytes as they need: seven bits a byte, the least significant ones first, the eighth bit says that more
/// follow. Signed ones alternate (0, -1, 1, -2 …), so that those near zero are short.
final class ByteWriter {

  /// What was written so far.
  private(set) var bytes: [UInt8] = []

  /// Appends `byte`.
  func write(_ byte: UInt8) { bytes.append(byte) }

  /// Appends `number`.
  func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Appends `number`.
  func write(_ number: Int64) { write(UInt64(bitPattern: (number << 1) ^ (number >> 63))) }

  /// Appends the length of `text` and its bytes.
  func write(_ text: String) {
    var text = text
    text.withUTF8 {
      write(UInt64($0.count))
      bytes.append(contentsOf: $0)
    }
  }

  /// Appends the length of `block` and its bytes.
  func write(_ block: [UInt8]) {
    write(UInt64(block.count))
    bytes.append(contentsOf: block)
  }

  /// Makes room for a number of four bytes that is not known yet, and returns where that is.
  func reserve() -> Int {
    bytes.append(contentsOf: [0, 0, 0, 0])
    return bytes.count - 4
  }

  /// Writes `number` where `reserve` made room for it.
  func fill(_ place: Int, with number: Int) throws(BinaryFault) {
    guard let number = UInt32(exactly: number) else { throw .unsupported }
    for i in 0..<4 { bytes[place + i] = UInt8(truncatingIfNeeded: number >> UInt32(8 * i)) }
  }

}
