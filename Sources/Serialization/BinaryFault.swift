/// Why bytes cannot be read as a value, or a value cannot be written as bytes.
public enum BinaryFault: Error, Hashable, Sendable {

  /// The bytes end within the value.
  case truncated

  /// Bytes are left behind the value.
  case tooLong

  /// The bytes mean nothing where they are.
  case malformed

  /// Values are nested deeper than any of ours.
  case tooDeep

  /// The value is of a form that the format does not have: one that is nil outside of a structure, or that shares its
  /// place with others.
  case unsupported

}
