/// Reads values from bytes that `BinaryEncoder` wrote, or that somebody changed since.
///
/// Whatever the bytes are, the result is a value or a fault: nothing is read beyond their end, no more is made than they can hold,
/// and values are not nested without bound. Whether numbers make sense is for the types to say.
public struct BinaryDecoder {

  /// What decodable values may ask for, such as a table of things that they share.
  public var userInfo: [CodingUserInfoKey: Any] = [:]

  /// Creates a decoder.
  public init() {}

  /// Returns the value that `bytes` are; throws a `BinaryFault` or what the type throws.
  public func decode<T: Decodable>(_ type: T.Type = T.self, from bytes: [UInt8]) throws -> T {
    let reader = ByteReader(bytes)
    let value = try ValueReader(reader: reader, userInfo: userInfo).read(type)
    guard reader.remaining == 0 else { throw BinaryFault.tooLong }
    return value
  }

}

/// Reads values behind what was read.
struct ValueReader: Decoder, SingleValueDecodingContainer {

  /// The bytes.
  let reader: ByteReader

  /// What decodable values may ask for.
  let userInfo: [CodingUserInfoKey: Any]

  /// Names of where the value is, which nobody needs.
  var codingPath: [any CodingKey] { [] }

  /// Returns a container of the members of a structure, the cases of an enumeration or the elements of a dictionary.
  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    Key.isOfDictionary
      ? KeyedDecodingContainer(try DictionaryReader<Key>(values: self))
      : KeyedDecodingContainer(MemberReader<Key>(values: self))
  }

  /// Returns a container of the elements of an array or a set.
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try ElementReader(values: self) }

  /// Returns a container of a single value.
  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  /// `false`: what may be nil is read by the container that it is in.
  func decodeNil() -> Bool { false }

  /// Reads a value.
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try read(type) }

  /// Reads a value, those that consist of nothing else as they are.
  func read<T: Decodable>(_ type: T.Type) throws -> T {
    /// Returns `value` as what it is.
    func known<Known>(_ value: Known) -> T { unsafeBitCast(value, to: T.self) }
    if T.self == Int.self { return known(try integer(of: Int.self)) }
    if T.self == String.self { return known(try reader.readText()) }
    if T.self == Bool.self {
      let byte = try reader.readByte()
      guard byte <= 1 else { throw BinaryFault.malformed }
      return known(byte == 1)
    }
    if T.self == [UInt8].self { return known(try reader.readBlock()) }
    if T.self == [Int].self {
      let count = try reader.readCount()
      var numbers: [Int] = []
      numbers.reserveCapacity(count)
      for _ in 0..<count { numbers.append(try integer(of: Int.self)) }
      return known(numbers)
    }
    if T.self == UInt64.self { return known(try reader.readNumber()) }
    if T.self == Int64.self { return known(try reader.readSigned()) }
    if T.self == UInt32.self { return known(try integer(of: UInt32.self)) }
    if T.self == Int32.self { return known(try integer(of: Int32.self)) }
    if T.self == UInt16.self { return known(try integer(of: UInt16.self)) }
    if T.self == Int16.self { return known(try integer(of: Int16.self)) }
    if T.self == UInt8.self { return known(try reader.readByte()) }
    if T.self == Int8.self { return known(try integer(of: Int8.self)) }
    if T.self == UInt.self { return known(try integer(of: UInt.self)) }
    if T.self == Double.self || T.self == Float.self { throw BinaryFault.unsupported }
    guard reader.depth < ByteReader.greatestDepth else { throw BinaryFault.tooDeep }
    reader.depth += 1
    defer { reader.depth -= 1 }
    return try T(from: self)
  }

  /// Reads an integer, which must fit.
  private func integer<Integer: FixedWidthInteger>(of type: Integer.Type) throws(BinaryFault) -> Integer {
    let result =
      Integer.isSigned
      ? Integer(exactly: try reader.readSigned()) : Integer(exactly: try reader.readNumber())
    guard let result else { throw .malformed }
    return result
  }

}
