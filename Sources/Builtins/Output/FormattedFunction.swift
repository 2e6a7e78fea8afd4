import Diagnostics
import IR
import Probes
import Syntax
import Types

/// A function whose arguments are a format and the values that it prints.
protocol FormattedFunction: Builtin {

  /// `true` iff it needs `--unsafe`.
  var isUnsafe: Bool { get }

  /// Returns `true` iff `call` may stand where it does, else reports why not.
  func isAllowed(_ call: BuiltinCall, in scope: inout some TypingScope) -> Bool

  /// Returns what the process is asked to do with the text that `call` makes by `format`.
  func action(_ format: FormatString, of call: BuiltinCall) -> EventAction

}

extension FormattedFunction {

  /// The format, and as many values as it has conversions.
  public var arity: ClosedRange<Int> { 1...Int.max }

  /// `false`: it is a call.
  public var isValue: Bool { false }

  /// Returns `true` unless `call` is in a pinned iterator, which no process of ours prints for.
  public func isAllowed(_ call: BuiltinCall, in scope: inout some TypingScope) -> Bool {
    scope.hasProcess(call)
  }

  /// `false`: printing does no harm.
  public var isUnsafe: Bool { false }

  /// Checks the format and the values.
  public func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard isAllowed(call, in: &scope), !isUnsafe || scope.allowsUnsafe(call),
      let format = scope.format(of: call)
    else { return nil }
    scope.checkValues(of: call, against: format)
    return Type.none
  }

  /// Emits the instructions that send the values.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let bytes = call.arguments[0].literalString, let format = try? FormatString.parse(bytes) else {
      preconditionFailure("a format that was not checked")
    }
    if lowering.probe.isPinned {
      lowering.printToSequence(format, Array(call.arguments.dropFirst()))
      return .none
    }
    lowering.sendValues(Array(call.arguments.dropFirst()), as: action(format, of: call))
    return .none
  }

}

extension TypingScope {

  /// Returns `true` iff a process of ours is there when `call` runs, else reports that none is.
  mutating func hasProcess(_ call: BuiltinCall) -> Bool {
    if !probe.isPinned { return true }
    error(
      "'\(call.name.text)' has no meaning in a pinned iterator: it runs when its file is read", at: call.site,
      hint: "print with 'printf'")
    return false
  }

  /// Returns the format that is the first argument of `call`, else reports an error, and returns nil.
  fileprivate mutating func format(of call: BuiltinCall) -> FormatString? {
    let literal = call.arguments[0]
    guard let bytes = literal.literalString else {
      error("the format of '\(call.name.text)' must be a string literal", at: literal.site)
      return nil
    }
    do {
      return try FormatString.parse(bytes)
    } catch {
      self.error(error.message, at: literal.site(ofContents: error.range))
      return nil
    }
  }

  /// Reports values that `format`, the first argument of `call`, does not print.
  fileprivate mutating func checkValues(of call: BuiltinCall, against format: FormatString) {
    let values = Array(call.arguments.dropFirst())
    let wantedValues = format.arguments
    var types: [Type] = []
    for (index, value) in values.enumerated() {
      let wanted = index < wantedValues.count ? wantedValues[index] : nil
      if case .value(let conversion)? = wanted, case .text = conversion.verb { preferText(value) }
      guard let type = type(of: value) else { continue }
      types.append(type)
      switch wanted {
      case .value(let conversion)? where !conversion.accepts(type):
        error(
          "'\(conversion.spelling)' prints \(conversion.expectation), not \(type.articled)", at: value.site)
      case .number? where !type.isInteger:
        error("'*' takes an integer, not \(type.articled)", at: value.site)
      default: break
      }
    }
    if values.count != wantedValues.count {
      let wanted = wantedValues.count == 1 ? "1 value" : "\(wantedValues.count) values"
      let given = values.count == 1 ? "1 is" : "\(values.count) are"
      error(
        "the format takes \(wanted), but \(given) given",
        at: values.count > wantedValues.count
          ? values[wantedValues.count].site
          : call.arguments[0].site(ofContents: wantedValues[values.count].conversion.range))
    } else if types.count == values.count {
      checkSize(of: types, at: call.site)
    }
  }

  /// Reports an error if an event with fields of the given types does not fit into the ring buffer.
  mutating func checkSize(of types: [Type], at site: SourceSpan) {
    let known = types.filter { $0 != .none && !$0.isIncomplete }
    let size = EventDescription(action: .printValue, fieldTypes: known).size
    let limit = settings.ringBufferPages * 4096 - 16
    if size <= limit { return }
    error(
      "the values take \(size) bytes, but an event has room for \(limit)", at: site,
      hint: "print fewer values, or change 'max_strlen' or 'perf_rb_pages'")
  }

}

extension Type {

  /// `true` iff the type is a structure of unknown size.
  fileprivate var isIncomplete: Bool {
    if case .structure(let type) = self { type.size == nil } else { false }
  }

}
