import Types

/// What is done about a kind of record, prepared so that each record costs little.
enum EventPlan {

  /// Print the steps one after the other.
  case printf([FormatStep], size: Int)

  /// Anything else.
  case other(EventDescription)

  /// Creates the plan for records that `event` describes.
  init(_ event: EventDescription) {
    guard case .printf(let format) = event.action else {
      self = .other(event)
      return
    }
    var fields = event.fields.makeIterator()
    self = .printf(
      format.pieces.map { piece in
        switch piece {
        case .literal(let text): return .literal(text)
        case .conversion(let conversion):
          guard let field = fields.next() else { preconditionFailure("a conversion without a field") }
          return FormatStep(conversion, field)
        }
      }, size: event.size)
  }

}

/// A piece of a format and where its argument is.
enum FormatStep {

  /// Text.
  case literal([UInt8])

  /// An integer.
  case integer(FormatString.Conversion, offset: Int, width: Int, isSigned: Bool)

  /// Text in the record.
  case text(FormatString.Conversion, offset: Int, capacity: Int)

  /// Any other value.
  case value(FormatString.Conversion, EventField)

  /// Creates the step for a conversion and its argument.
  init(_ conversion: FormatString.Conversion, _ field: EventField) {
    switch (field.type, conversion.verb) {
    case (.string(let capacity), .text):
      self = .text(conversion, offset: field.offset, capacity: capacity)
    case (_, .text), (_, .bytes): self = .value(conversion, field)
    default:
      if let integer = field.type.asInteger {
        self = .integer(conversion, offset: field.offset, width: integer.width, isSigned: integer.isSigned)
      } else {
        self = .value(conversion, field)
      }
    }
  }

}
