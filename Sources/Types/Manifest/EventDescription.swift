/// A kind of record in the ring buffer: what it asks for and where its fields are.
///
/// A record starts with the 32-bit index of its description; 4 bytes of padding follow, then the fields.
public struct EventDescription: Hashable, Codable, Sendable {

  /// The number of bytes in front of the first field.
  public static let headerSize = 8

  /// What is to be done.
  public let action: EventAction

  /// The fields in order.
  public let fields: [EventField]

  /// The number of bytes of a record, a multiple of 8.
  public let size: Int

  /// Creates a description with the fields of the given types laid out one after the other.
  public init(action: EventAction, fieldTypes: [Type] = []) {
    let layout = StructLayout(of: fieldTypes, after: EventDescription.headerSize)
    self.action = action
    self.fields = zip(fieldTypes, layout.offsets).map { EventField(type: $0, offset: $1) }
    self.size = layout.size.rounded(upToMultipleOf: 8)
  }

}

/// A value in a record.
public struct EventField: Hashable, Codable, Sendable {

  /// The type, which gives the number of bytes.
  public let type: Type

  /// The offset in the record in bytes.
  public let offset: Int

  /// Creates an instance with the given properties.
  public init(type: Type, offset: Int) {
    self.type = type
    self.offset = offset
  }

}

/// What a record asks the process to do.
public enum EventAction: Hashable, Codable, Sendable {

  /// Print the fields as the format says.
  case printf(FormatString)

  /// Print the fields as the format says on standard error, as a message about a place in the script: `errorf`, `warnf`.
  case message(FormatString, MessageOrigin)

  /// Print the contents of the file whose path the fields and the format give: `cat(format, …)`.
  case cat(FormatString)

  /// Run the command of the shell that the fields and the format give and print its output: `system(format, …)`.
  case system(FormatString)

  /// Print the first of the fields' texts, as many as the first field says, with a text between them: `join(texts)`.
  case join(separator: [UInt8])

  /// Print the fields as a line of a table whose columns have the given headings: `row(headings, value, …)`.
  case row(headings: [String])

  /// Print the one field and a line end: `print(value)`.
  case printValue

  /// Print one element of a map, divided by `divisor` where given, whose key parts and plain value are the fields:
  /// `print(@m[k])`.
  ///
  /// For an aggregation the fields are the key parts only, and the process reads the value. The field in front of
  /// all others is a `.bool` that tells whether the element was there.
  case printElement(map: Int, divisor: Int?)

  /// Print a map, at most `top` entries where given, values divided by `divisor`: `print(@m, top, divisor)`.
  case printMap(map: Int, top: Int?, divisor: Int?)

  /// Print a map as `printMap` does and remove what was printed, or set it to zero iff `keepsKeys`: `print(@m); clear(@m);`.
  ///
  /// What is added to the map meanwhile is not lost.
  case printMapAndReset(map: Int, top: Int?, divisor: Int?, keepsKeys: Bool)

  /// Print maps as one table: `table("A B", @a, @b)`.
  case table(TableDescription)

  /// Clear the terminal, if there is one: `clear_screen()`.
  case clearScreen

  /// Remove every element: `clear(@m)`.
  case clear(map: Int)

  /// Set every element to zero: `zero(@m)`.
  case zero(map: Int)

  /// Print the time at which the record was made, its one field (64 bits), as `strftime` does: `time(format)`.
  case time(format: String)

  /// Report the first failure of a call of a helper; what it returned is the one field.
  case helperError(site: Int)

  /// End the watchpoints on the address that is the one field (64 bits): `unwatch(address)`.
  case unwatch

  /// End tracing; the status is in `globals`.
  case exit

}

extension EventAction {

  /// `true` iff the action prints values that came with the event, so that as many may come as there are probes that fire.
  public var printsValues: Bool {
    switch self {
    case .printf, .printValue, .printElement, .time, .message, .cat, .system, .join, .row: true
    case .printMap, .printMapAndReset, .table, .clearScreen, .clear, .zero, .helperError, .unwatch, .exit:
      false
    }
  }

}
