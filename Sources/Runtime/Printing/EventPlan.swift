import Types

/// What is done about a kind of record, prepared so that each record costs little.
final class EventPlan {

  /// What the record asks for.
  let event: EventDescription

  /// The format of its text, nil if it has none.
  let format: FormatPlan?

  /// `true` iff the text is printed, and nothing else is asked for.
  let isPrintf: Bool

  /// `true` iff doing it may take long, so that what was printed before must not wait for it.
  let mayTakeLong: Bool

  /// Creates the plan for records that `event` describes.
  init(_ event: EventDescription) {
    self.event = event
    switch event.action {
    case .printf(let format), .message(let format, _), .cat(let format), .system(let format):
      self.format = FormatPlan(format, of: event)
    default: format = nil
    }
    if case .printf = event.action { isPrintf = true } else { isPrintf = false }
    if case .system = event.action { mayTakeLong = true } else { mayTakeLong = false }
  }

}
