/// Writes how many elements an array or a set has, and the elements.
struct ElementWriter: UnkeyedEncodingContainer {

  /// Where to.
  let values: ValueWriter

  /// Where the number of elements is.
  private let place: Int

  /// The number of elements so far.
  private(set) var count = 0

  /// Names of where the value is, which nobody needs.
  var codingPath: [any CodingKey] { [] }

  /// Creates an instance for an array behind what `values` wrote.
  init(values: ValueWriter) {
    self.values = values
    self.place = values.writer.reserve()
  }

  /// Throws: no array of ours holds nil.
  func encodeNil() throws { throw BinaryFault.unsupported }

  /// Writes the next element.
  mutating func encode<T: Encodable>(_ value: T) throws {
    try values.write(value)
    count += 1
    try values.writer.fill(place, with: count)
  }

  /// Returns a container for nothing: arrays hold values.
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> { preconditionFailure("a structure in place of an element") }

  /// Returns a container for nothing: arrays hold values.
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    preconditionFailure("a list in place of an element")
  }

  /// Returns what writes the superclass's part.
  func superEncoder() -> any Encoder { values }

}
