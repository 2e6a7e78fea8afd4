import Diagnostics
import Syntax
import Types

/// Parameters of the command line that are numbers, or not given: they are strings where strings are expected.
extension Inference {

  /// Returns the type of `expression`, a parameter with `text`.
  mutating func inferParameter(_ text: String?, of expression: Expression) -> InferredType? {
    if textualParameters.contains(expression.id) {
      return InferredType(.string(capacity: (text?.utf8.count ?? 0) + 1))
    }
    guard let number = ParameterNumber(text) else { preconditionFailure("a string that is no literal yet") }
    if !number.isNegative { return .literal(number.magnitude.value, isUnsigned: false) }
    if let type = InferredType.negativeLiteral(number.magnitude.value) { return type }
    report(.literalOutOfRange(expression.site))
    return nil
  }

  /// Lets `expression` be a string if it is a parameter of the command line.
  mutating func preferText(_ expression: Expression) { _ = asText(expression) }

  /// Returns the type of `expression` as a string if it is a parameter of the command line, and lets it be one; else nil.
  mutating func asText(_ expression: Expression) -> InferredType? {
    guard case .positional(_, let text) = expression.kind else { return nil }
    if textualParameters.insert(expression.id).inserted { hasChanged = true }
    let type = inferParameter(text, of: expression)
    note(type, of: expression.id)
    return type
  }

  /// Returns the type of `expression`, whose value is of `type`, in a place for values of the type `old`: that of a string if
  /// it is a parameter of the command line and the place is for strings.
  mutating func adapted(_ type: InferredType, of expression: Expression, to old: Type?) -> InferredType {
    guard let old, old.isText, type.type.asInteger != nil else { return type }
    return asText(expression) ?? type
  }

}

extension Type {

  /// `true` iff values of the type are text to the language.
  fileprivate var isText: Bool {
    switch self {
    case .string, .probeName, .functionName: true
    default: false
    }
  }

}
