extension Array where Element == UInt8 {

  /// Returns the number of the given type whose least significant byte is at `offset`, nil if there are not so many bytes.
  func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self, at offset: Int) -> Number? {
    guard offset >= 0, offset <= count - MemoryLayout<Number>.size else { return nil }
    return withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
  }

  /// Returns the address or size at `offset`, which takes 8 bytes iff `is64Bit`, else 4; nil if there are not so many bytes.
  func word(at offset: Int, is64Bit: Bool) -> UInt64? {
    is64Bit ? number(UInt64.self, at: offset) : number(UInt32.self, at: offset).map(UInt64.init)
  }

  /// Returns the text from `offset` up to a zero byte, nil if there is none.
  func text(at offset: Int) -> String? {
    guard indices.contains(offset), let end = self[offset...].firstIndex(of: 0) else { return nil }
    return String(decoding: self[offset..<end], as: UTF8.self)
  }

}
