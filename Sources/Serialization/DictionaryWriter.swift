/// Writes the elements of a dictionary, each with its key.
struct DictionaryWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {

  /// Where to.
  let values: ValueWriter

  /// Where the number of elements is.
  private let place: Int

  /// The number of elements so far.
  private var count = 0

  /// Names of where the value is, which nobody needs.
  var codingPath: [any CodingKey] { [] }

  /// Creates an instance for a dictionary behind what `values` wrote.
  init(values: ValueWriter) {
    self.values = values
    self.place = values.writer.reserve()
  }

  /// Throws: no dictionary of ours holds nil.
  func encodeNil(forKey key: Key) throws { throw BinaryFault.unsupported }

  /// Writes the key, the number of bytes that the value takes, and the value.
  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    values.writer.write(key.stringValue)
    let size = values.writer.reserve()
    let start = values.writer.bytes.count
    try values.write(value)
    try values.writer.fill(size, with: values.writer.bytes.count - start)
    count += 1
    try values.writer.fill(place, with: count)
  }

  /// Returns a container for nothing: dictionaries hold values.
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> { preconditionFailure("a structure in place of an element") }

  /// Returns a container for nothing: dictionaries hold values.
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    preconditionFailure("a list in place of an element")
  }

  /// Returns what writes the superclass's part.
  func superEncoder() -> any Encoder { values }

  /// Returns what writes the superclass's part.
  func superEncoder(forKey key: Key) -> any Encoder { values }

}
