import Types

/// What is done about a kind of record, prepared so that each record costs little.
enum EventPlan {

  /// Print the steps one after the other.
  case printf([FormatStep], size: Int)

  /// Do what the event's description says with the text that the steps make.
  case text([FormatStep], EventDescription)

  /// Anything else.
  case other(EventDescription)

  /// Creates the plan for records that `event` describes.
  init(_ event: EventDescription) {
    switch event.action {
    case .printf(let format): self = .printf(FormatStep.steps(of: format, for: event), size: event.size)
    case .message(let format, _), .cat(let format), .system(let format):
      self = .text(FormatStep.steps(of: format, for: event), event)
    default: self = .other(event)
    }
  }

  /// `true` iff doing it may take long, so that what was printed before must not wait for it.
  var mayTakeLong: Bool {
    if case .text(_, let event) = self, case .system = event.action { true } else { false }
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

  /// A value whose width or precision is a field, too.
  indirect case adjusted(FormatString.Conversion, width: EventField?, precision: EventField?, EventField)

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

  /// Returns the steps of `format`, whose arguments are the fields of `event`.
  static func steps(of format: FormatString, for event: EventDescription) -> [FormatStep] {
    var fields = event.fields.makeIterator()
    return format.pieces.map { piece in
      switch piece {
      case .literal(let text): return .literal(text)
      case .conversion(let conversion):
        let width = conversion.takesWidth ? fields.next() : nil
        let precision = conversion.takesPrecision ? fields.next() : nil
        guard let field = fields.next() else { preconditionFailure("a conversion without a field") }
        if width == nil && precision == nil { return FormatStep(conversion, field) }
        return .adjusted(conversion, width: width, precision: precision, field)
      }
    }
  }

}
