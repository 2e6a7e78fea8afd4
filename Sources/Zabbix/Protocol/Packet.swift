/// The form in which Zabbix's programs send data to one another: a header and the data.
///
/// The header is `ZBXD`, a byte of flags, and the numbers of bytes of the data and of the data before it was compressed, little
/// endian with 4 bytes each, or 8 each in large packets (https://www.zabbix.com/documentation/current/manual/appendix/protocols/header_datalen).
enum Packet {

  /// The flag that every packet has.
  static let usualFlag: UInt8 = 1

  /// The flag of compressed data.
  static let compressedFlag: UInt8 = 2

  /// The flag of packets whose numbers take 8 bytes each.
  static let largeFlag: UInt8 = 4

  /// The first bytes.
  private static let signature = Array("ZBXD".utf8)

  /// The greatest number of bytes that an answer is read of.
  static let longestAnswer = 1 << 16

  /// Returns the header of `count` bytes of data.
  static func header(ofByteCount count: Int) -> [UInt8] {
    var result = signature
    if count <= UInt32.max {
      result.append(usualFlag)
      withUnsafeBytes(of: UInt32(count).littleEndian) { result += $0 }
      result += [0, 0, 0, 0]
    } else {
      result.append(usualFlag | largeFlag)
      withUnsafeBytes(of: UInt64(count).littleEndian) { result += $0 }
      result += [UInt8](repeating: 0, count: 8)
    }
    return result
  }

  /// Returns the data of the packet at the start of `bytes`, nil if it is not all there yet.
  static func data(in bytes: [UInt8]) throws(AnswerFault) -> ArraySlice<UInt8>? {
    guard bytes.starts(with: signature.prefix(bytes.count)) else { throw .foreign }
    guard bytes.count > signature.count else { return nil }
    let flags = bytes[signature.count]
    if flags & usualFlag == 0 || flags & ~(usualFlag | compressedFlag | largeFlag) != 0 { throw .foreign }
    if flags & compressedFlag != 0 { throw .compressed }
    let width = flags & largeFlag != 0 ? 8 : 4
    let start = signature.count + 1 + 2 * width
    guard bytes.count >= start else { return nil }
    var count: UInt64 = 0
    for byte in bytes[(signature.count + 1)..<(signature.count + 1 + width)].reversed() {
      count = count << 8 | UInt64(byte)
    }
    if count > longestAnswer { throw .tooLong(count) }
    let end = start + Int(count)
    return bytes.count < end ? nil : bytes[start..<end]
  }

}

/// Why an answer of a server cannot be understood.
enum AnswerFault: Error, Equatable {

  /// It is not of Zabbix's protocol.
  case foreign

  /// It is compressed, which it must not be if the request is not.
  case compressed

  /// It would have so many bytes.
  case tooLong(UInt64)

  /// It is of Zabbix's protocol but says nothing that makes sense.
  case senseless

  /// The server has refused all of it, for the given reason.
  case refused(String)

}
