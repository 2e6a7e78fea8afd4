/// Reads the elements of an array or a set.
struct ElementReader: UnkeyedDecodingContainer {

  /// Where from.
  let values: ValueReader

  /// The number of elements.
  private let total: Int

  /// The number of elements that were read.
  private(set) var currentIndex = 0

  /// Names of where the value is, which nobody needs.
  var codingPath: [any CodingKey] { [] }

  /// Creates an instance for the array behind what `values` read.
  init(values: ValueReader) throws {
    self.values = values
    total = try values.reader.readSize()
    // Each element takes a byte or more.
    guard total <= values.reader.remaining else { throw BinaryFault.truncated }
  }

  /// The number of elements.
  var count: Int? { total }

  /// `true` iff all elements were read.
  var isAtEnd: Bool { currentIndex >= total }

  /// `false`: no array of ours holds nil.
  func decodeNil() -> Bool { false }

  /// Reads the next element.
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    guard !isAtEnd else { throw BinaryFault.malformed }
    currentIndex += 1
    return try values.read(type)
  }

  /// Throws: arrays hold values.
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> { throw BinaryFault.unsupported }

  /// Throws: arrays hold values.
  func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw BinaryFault.unsupported }

  /// Returns what reads the superclass's part.
  func superDecoder() -> any Decoder { values }

}
