public import Types

/// A value as it is printed.
public enum Value: Hashable, Sendable {

  /// An integer that can be negative.
  case signed(Int64)

  /// An integer that cannot be negative.
  case unsigned(UInt64)

  /// `true` or `false`.
  case bool(Bool)

  /// Text, its trailer included where it was cut. Nothing guarantees that it is UTF-8.
  case text([UInt8])

  /// The bytes of a buffer.
  case bytes([UInt8])

  /// An address.
  case pointer(UInt64)

  /// What stands for a number, such as the name of a kernel symbol.
  case symbol([UInt8], UInt64)

  /// `(1, abc)`.
  case tuple([Value])

  /// `{ .x = 1, .y = 2 }`.
  case record([Field])

  /// `[1,2]`.
  case array([Value])

  /// The frames of a stack, the innermost first, as they are printed in the given way.
  case stack([[UInt8]], StackMode)

  /// The buckets of `hist` or `lhist`.
  case histogram(Histogram)

  /// The intervals of `tseries`.
  case timeSeries(TimeSeries)

  /// Text given as a string.
  public static func text(_ text: String) -> Value { .text(Array(text.utf8)) }

  /// A named element of a record.
  public struct Field: Hashable, Sendable {

    /// The name.
    public let name: String

    /// The value.
    public let value: Value

    /// Creates an instance with the given properties.
    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }

  }

  /// The count, the average and the sum of `count` numbers, as `stats` prints them.
  public static func stats(count: UInt64, average: Value, total: Value) -> Value {
    .record([Field("count", .unsigned(count)), Field("average", average), Field("total", total)])
  }

}
