/// Writes values as bytes, as compactly as their structure allows: the members of a structure stand one after the other
/// without names, so that only a program with the same structures can read them.
///
/// A member that may be nil has a byte in front of it that tells, a case of an enumeration is written by its name.
public struct BinaryEncoder {

  /// What encodable values may ask for, such as a table for things that they share.
  public var userInfo: [CodingUserInfoKey: Any] = [:]

  /// Creates an encoder.
  public init() {}

  /// Returns `value` as bytes; throws a `BinaryFault` or what `value` throws.
  public func encode(_ value: some Encodable) throws -> [UInt8] {
    let writer = ByteWriter()
    try ValueWriter(writer: writer, userInfo: userInfo).write(value)
    return writer.bytes
  }

}

/// Writes values behind what was written.
struct ValueWriter: Encoder, SingleValueEncodingContainer {

  /// The bytes.
  let writer: ByteWriter

  /// What encodable values may ask for.
  let userInfo: [CodingUserInfoKey: Any]

  /// Names of where the value is, which nobody needs.
  var codingPath: [any CodingKey] { [] }

  /// Returns a container for the members of a structure, the cases of an enumeration or the elements of a dictionary.
  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    Key.isOfDictionary
      ? KeyedEncodingContainer(DictionaryWriter<Key>(values: self))
      : KeyedEncodingContainer(MemberWriter<Key>(values: self))
  }

  /// Returns a container for the elements of an array or a set.
  func unkeyedContainer() -> any UnkeyedEncodingContainer { ElementWriter(values: self) }

  /// Returns a container for a single value.
  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  /// Throws: what may be nil is written by the container that it is in.
  func encodeNil() throws { throw BinaryFault.unsupported }

  /// Writes `value`.
  func encode<T: Encodable>(_ value: T) throws { try write(value) }

  /// Writes `value`, those that consist of nothing else as they are.
  func write<T: Encodable>(_ value: T) throws {
    /// Returns the value as what it is.
    func known<Known>(as type: Known.Type) -> Known { unsafeBitCast(value, to: Known.self) }
    if T.self == Int.self { return writer.write(Int64(known(as: Int.self))) }
    if T.self == String.self { return writer.write(known(as: String.self)) }
    if T.self == Bool.self { return writer.write(known(as: Bool.self) ? 1 : 0 as UInt8) }
    if T.self == [UInt8].self { return writer.write(known(as: [UInt8].self)) }
    if T.self == [Int].self {
      let numbers = known(as: [Int].self)
      writer.write(UInt64(numbers.count))
      for number in numbers { writer.write(Int64(number)) }
      return
    }
    if T.self == UInt64.self { return writer.write(known(as: UInt64.self)) }
    if T.self == Int64.self { return writer.write(known(as: Int64.self)) }
    if T.self == UInt32.self { return writer.write(UInt64(known(as: UInt32.self))) }
    if T.self == Int32.self { return writer.write(Int64(known(as: Int32.self))) }
    if T.self == UInt16.self { return writer.write(UInt64(known(as: UInt16.self))) }
    if T.self == Int16.self { return writer.write(Int64(known(as: Int16.self))) }
    if T.self == UInt8.self { return writer.write(known(as: UInt8.self)) }
    if T.self == Int8.self { return writer.write(Int64(known(as: Int8.self))) }
    if T.self == UInt.self { return writer.write(UInt64(known(as: UInt.self))) }
    if T.self == Double.self || T.self == Float.self { throw BinaryFault.unsupported }
    try value.encode(to: self)
  }

}

extension CodingKey {

  /// `true` iff the keys are those of a dictionary, which can be any, and no cases of an enumeration, which say nothing that the
  /// type does not say.
  static var isOfDictionary: Bool { MemoryLayout<Self>.size > MemoryLayout<UInt16>.size }

}
