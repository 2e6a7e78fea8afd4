import IR
import Syntax
import Types

/// `printf(format, value, …)`: prints values as the format says.
struct Printf: Builtin {
  let names = ["printf"]
  let arity = 1...Int.max
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let format = scope.format(of: call) else { return nil }
    let values = call.arguments.dropFirst()
    let conversions = format.conversions
    guard conversions.count == values.count else {
      let wanted = conversions.count == 1 ? "1 value" : "\(conversions.count) values"
      scope.error(
        "the format takes \(wanted), but \(values.count == 1 ? "1 is" : "\(values.count) are") given",
        at: call.arguments[0].site)
      return nil
    }
    for (conversion, value) in zip(conversions, values) {
      if case .text = conversion.verb { scope.preferText(value) }
      guard let type = scope.type(of: value), !conversion.accepts(type) else { continue }
      scope.error(
        "'\(conversion.spelling)' prints \(conversion.expectation), not \(type.articled)", at: value.site)
    }
    return Type.none
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let bytes = call.arguments[0].literalString, let format = try? FormatString.parse(bytes) else {
      preconditionFailure("a format that was not checked")
    }
    lowering.sendValues(Array(call.arguments.dropFirst()), as: .printf(format))
    return .none
  }
}

extension TypingScope {

  /// Returns the format that is the first argument of `call`, else reports an error, and returns nil.
  fileprivate mutating func format(of call: BuiltinCall) -> FormatString? {
    guard let bytes = call.arguments[0].literalString else {
      error("the format of '\(call.name.text)' must be a string literal", at: call.arguments[0].site)
      return nil
    }
    do {
      return try FormatString.parse(bytes)
    } catch {
      self.error(error.message, at: call.arguments[0].site)
      return nil
    }
  }

}

extension CallLowering {

  /// Emits the instructions that send `values` as the fields of an event.
  ///
  /// Scalars are evaluated before memory for the event is asked for, so that their effects do not depend on whether
  /// there is any; all others are written straight to it.
  mutating func sendValues(_ values: [Expression], as action: EventAction) {
    let types = values.map { type(of: $0) }
    let scalars = zip(values, types).map { value, type in
      type.isScalar ? scalar(value, as: type) : nil
    }
    sendEvent(action, fields: types) { lowering, places in
      for (index, place) in places.enumerated() {
        if let operand = scalars[index] {
          lowering.builder.store(operand, to: place)
        } else {
          lowering.writeField(values[index], as: types[index], to: place)
        }
      }
    }
  }

}
