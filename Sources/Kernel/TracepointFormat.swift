public import Types

/// The fields of a tracepoint, as its `format` file in tracefs lists them.
public struct TracepointFormat: Hashable, Sendable {

  /// A field.
  public struct Field: Hashable, Sendable {

    /// The name.
    public let name: String

    /// The type; for a field of varying length (`__data_loc`) the type of what it refers to.
    public let type: Type

    /// The declaration as the file has it (`const char * filename`), which `-lv` shows.
    public let declaration: String

    /// The offset in the record in bytes.
    public let offset: Int

    /// The number of bytes in the record.
    public let size: Int

    /// `true` iff the record has the offset (16 low bits) and the length (16 high bits) of the data in place of the data.
    public let isDataLocation: Bool

    /// Creates an instance with the given properties.
    public init(
      name: String, type: Type, declaration: String, offset: Int, size: Int,
      isDataLocation: Bool = false
    ) {
      self.name = name
      self.type = type
      self.declaration = declaration
      self.offset = offset
      self.size = size
      self.isDataLocation = isDataLocation
    }

  }

  /// The number by which `perf_event_open` knows the tracepoint.
  public let id: Int

  /// The fields of its own, without the common ones.
  public let fields: [Field]

  /// Creates an instance with the given properties.
  public init(id: Int, fields: [Field]) {
    self.id = id
    self.fields = fields
  }

}
