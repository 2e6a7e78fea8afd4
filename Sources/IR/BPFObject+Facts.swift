extension BPFObject {

  /// Puts `values`, one for each of `facts`, in the place of the numbers that the instructions load.
  ///
  /// Uses outside of the file, and of facts that there are none of, are left out: the object may come from a file.
  public mutating func replaceFacts(by values: [Int64]) {
    for use in factUses {
      guard values.indices.contains(use.fact), use.offset >= 0, use.offset <= bytes.count - 16 else {
        continue
      }
      let value = UInt64(bitPattern: values[use.fact])
      for i in 0..<4 {
        bytes[use.offset + 4 + i] = UInt8(truncatingIfNeeded: value >> (8 * i))
        bytes[use.offset + 12 + i] = UInt8(truncatingIfNeeded: value >> (32 + 8 * i))
      }
    }
  }

}
