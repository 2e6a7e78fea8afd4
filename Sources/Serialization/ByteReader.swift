/// Bytes that are being read, by anybody's hand: nothing is taken for granted.
final class ByteReader {

  /// All bytes.
  private let bytes: [UInt8]

  /// The number of bytes that were read.
  var position = 0

  /// The number of values that are being read within one another.
  var depth = 0

  /// The depth at which reading is given up, far beyond that of any value of ours and within the stack of any thread.
  static let greatestDepth = 200

  /// Creates a reader of `bytes`.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The number of bytes that are left.
  var remaining: Int { bytes.count - position }

  /// Reads a byte.
  func readByte() throws(BinaryFault) -> UInt8 {
    guard position < bytes.count else { throw .truncated }
    defer { position += 1 }
    return bytes[position]
  }

  /// Reads a number without a sign.
  func readNumber() throws(BinaryFault) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readByte()
      // The tenth byte has room for one bit.
      if shift == 63 && byte > 1 { throw .malformed }
      result |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return result }
      shift += 7
    }
  }

  /// Reads a number with a sign.
  func readSigned() throws(BinaryFault) -> Int64 {
    let number = try readNumber()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// Reads the number of things that follow, each of which takes a byte or more.
  func readCount() throws(BinaryFault) -> Int {
    let count = try readNumber()
    guard count <= UInt64(remaining) else { throw .truncated }
    return Int(count)
  }

  /// Reads a text, which must be one.
  func readText() throws(BinaryFault) -> String {
    let count = try readCount()
    defer { position += count }
    guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
      throw .malformed
    }
    return text
  }

  /// Reads a block of bytes.
  func readBlock() throws(BinaryFault) -> [UInt8] {
    let count = try readCount()
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  /// Reads a number of four bytes, the size of something that follows.
  func readSize() throws(BinaryFault) -> Int {
    guard remaining >= 4 else { throw .truncated }
    var result = 0
    for i in 0..<4 { result |= Int(bytes[position + i]) << (8 * i) }
    position += 4
    return result
  }

}
