/// Reads the members of a structure one after the other, or the name of a case of an enumeration and what belongs to it.
struct MemberReader<Key: CodingKey>: KeyedDecodingContainerProtocol {

  /// Where from.
  let values: ValueReader

  /// Names of where the value is, which nobody needs.
  var codingPath: [any CodingKey] { [] }

  /// The case of an enumeration that follows; none if its name is not known.
  var allKeys: [Key] {
    let start = values.reader.position
    defer { values.reader.position = start }
    return (try? values.reader.readText()).flatMap { Key(stringValue: $0) }.map { [$0] } ?? []
  }

  /// `true`: every member is there.
  func contains(_ key: Key) -> Bool { true }

  /// `false`: members that may be nil are read by `decodeIfPresent`.
  func decodeNil(forKey key: Key) -> Bool { false }

  /// Reads the member `key`.
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try values.read(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? { try readOptional(type) }

  /// Reads whether there is a value, and the value.
  fileprivate func readOptional<T: Decodable>(_ type: T.Type) throws -> T? {
    switch try values.reader.readByte() {
    case 0: nil
    case 1: try values.read(type)
    default: throw BinaryFault.malformed
    }
  }

  /// Reads the name of the case `key`, and returns a container of its values.
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    guard try values.reader.readText() == key.stringValue else { throw BinaryFault.malformed }
    return KeyedDecodingContainer(MemberReader<NestedKey>(values: values))
  }

  /// Returns a container of the elements of the member `key`.
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try values.unkeyedContainer()
  }

  /// Returns what reads the superclass's part.
  func superDecoder() -> any Decoder { values }

  /// Returns what reads the superclass's part.
  func superDecoder(forKey key: Key) -> any Decoder { values }

}

/// Members of the simplest types that may be nil, as `MemberWriter` writes them.
extension MemberReader {

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try readOptional(type) }

  /// Reads the member `key`, which may be nil.
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try readOptional(type) }

}
