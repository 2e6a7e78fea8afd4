import Types

/// Made-up bytes as the kernel would send them.
struct RecordWriter {

  /// The bytes.
  private(set) var bytes: [UInt8]

  /// Creates a record of `event`, whose index is `index`, with all fields zero.
  init(of event: EventDescription, at index: UInt32) {
    bytes = [UInt8](repeating: 0, count: event.size)
    set(index, at: 0)
  }

  /// Creates `count` bytes that are zero.
  init(count: Int) { bytes = [UInt8](repeating: 0, count: count) }

  /// Writes `number` at `offset`.
  mutating func set(_ number: some FixedWidthInteger, at offset: Int) {
    withUnsafeBytes(of: number) { bytes.replaceSubrange(offset..<offset + $0.count, with: $0) }
  }

  /// Writes `text` at `offset`.
  mutating func set(_ text: String, at offset: Int) {
    bytes.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
  }

}

/// Returns the bytes of a row of 64-bit words.
func words(_ numbers: Int64...) -> [UInt8] {
  numbers.flatMap { number in withUnsafeBytes(of: number) { Array($0) } }
}
