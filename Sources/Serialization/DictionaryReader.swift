/// Reads the elements of a dictionary in whatever order they are asked for.
struct DictionaryReader<Key: CodingKey>: KeyedDecodingContainerProtocol {

  /// Where from; what is behind the dictionary is read next.
  let values: ValueReader

  /// Where the values are, by their keys.
  private let places: [String: Range<Int>]

  /// The keys.
  let allKeys: [Key]

  /// Names of where the value is, which nobody needs.
  var codingPath: [any CodingKey] { [] }

  /// Creates an instance for the dictionary behind what `values` read.
  init(values: ValueReader) throws {
    self.values = values
    let reader = values.reader
    var places: [String: Range<Int>] = [:]
    var keys: [Key] = []
    for _ in 0..<(try reader.readSize()) {
      let name = try reader.readText()
      let size = try reader.readSize()
      guard size <= reader.remaining, let key = Key(stringValue: name), places[name] == nil else {
        throw BinaryFault.malformed
      }
      places[name] = reader.position..<reader.position + size
      reader.position += size
      keys.append(key)
    }
    self.places = places
    self.allKeys = keys
  }

  /// Returns whether there is an element with the key `key`.
  func contains(_ key: Key) -> Bool { places[key.stringValue] != nil }

  /// `false`: no dictionary of ours holds nil.
  func decodeNil(forKey key: Key) -> Bool { false }

  /// Reads the value of `key`.
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    guard let place = places[key.stringValue] else { throw BinaryFault.malformed }
    let end = values.reader.position
    values.reader.position = place.lowerBound
    let value = try values.read(type)
    guard values.reader.position == place.upperBound else { throw BinaryFault.malformed }
    values.reader.position = end
    return value
  }

  /// Throws: dictionaries hold values.
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> { throw BinaryFault.unsupported }

  /// Throws: dictionaries hold values.
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw BinaryFault.unsupported
  }

  /// Returns what reads the superclass's part.
  func superDecoder() -> any Decoder { values }

  /// Returns what reads the superclass's part.
  func superDecoder(forKey key: Key) -> any Decoder { values }

}
