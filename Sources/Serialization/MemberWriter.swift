/// Writes the members of a structure one after the other, or the name of a case of an enumeration and what belongs to it.
struct MemberWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {

  /// Where to.
  let values: ValueWriter

  /// Names of where the value is, which nobody needs.
  var codingPath: [any CodingKey] { [] }

  /// Throws: members that are nil are written by `encodeIfPresent`.
  func encodeNil(forKey key: Key) throws { throw BinaryFault.unsupported }

  /// Writes the member `key`.
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try values.write(value) }

  /// Writes whether there is a value, and the value.
  fileprivate func writeOptional<T: Encodable>(_ value: T?) throws {
    values.writer.write(value == nil ? 0 : 1 as UInt8)
    if let value { try values.write(value) }
  }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the case `key` of an enumeration, whose values stand behind its name.
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    values.writer.write(key.stringValue)
    return KeyedEncodingContainer(MemberWriter<NestedKey>(values: values))
  }

  /// Returns a container for the elements of the member `key`.
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    values.unkeyedContainer()
  }

  /// Returns what writes the superclass's part.
  func superEncoder() -> any Encoder { values }

  /// Returns what writes the superclass's part.
  func superEncoder(forKey key: Key) -> any Encoder { values }

}

/// Members of the simplest types that may be nil: what a protocol of the standard library does for each of them else has no place
/// for nil.
extension MemberWriter {

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: String?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try writeOptional(value) }

  /// Writes the member `key`, which may be nil.
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try writeOptional(value) }

}
