import IR
import Probes
import Syntax
import Types

/// `str(p[, n])`: the text at an address, read up to its zero byte, at most `n` bytes of it; `str(probe)` and `str(func)` are
/// the names as texts.
struct Str: Builtin {
  let names = ["str"]
  let arity = 1...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard var type = scope.type(of: call.arguments[0]) else { return nil }
    if type.isNameIndex { type = .string(capacity: scope.longestName(of: type) + 1) }
    switch type {
    case .pointer, .integer, .string: break
    case .array(let element, _) where element.isCharacter: break
    default:
      scope.error("'str' takes an address, not \(type.articled)", at: call.arguments[0].site)
      return nil
    }
    if call.arguments.count == 2 {
      guard scope.integerArgument(1, of: call) != nil else { return nil }
      if let length = call.arguments[1].literalInteger {
        guard length >= 0 else {
          scope.error("the length of 'str' must not be negative", at: call.arguments[1].site)
          return nil
        }
        let capacity = Int(min(length, Int64(scope.settings.maximumStringLength - 1))) + 1
        // A text that is shorter than what is asked for ends where it ends.
        if case .string(let available) = type { return .string(capacity: min(capacity, available)) }
        return .string(capacity: capacity)
      }
    }
    if case .string(let capacity) = type { return .string(capacity: capacity) }
    if case .array(_, let count) = type { return .string(capacity: count + 1) }
    return .string(capacity: scope.settings.maximumStringLength)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let argument = call.arguments[0]
    var type = lowering.type(of: argument)
    guard case .string(let capacity) = lowering.type(of: call.id) else { preconditionFailure("not a string") }
    var text: Place?
    if type.isNameIndex {
      let name = lowering.nameText(argument)
      (text, type) = (name.place, .string(capacity: name.capacity))
    }
    let isDynamic = call.arguments.count == 2 && call.arguments[1].literalInteger == nil
    if case .string(let available) = type, !isDynamic {
      let text = text ?? lowering.memory(argument)
      if available <= capacity { return .memory(text) }
      let copy = lowering.temporary(size: capacity, alignment: 8)
      lowering.copy(from: text, type, to: copy, .string(capacity: capacity))
      return .memory(copy)
    }

    let address: Operand
    let helper: Helper
    if !type.isScalar {
      address = lowering.address(of: text ?? lowering.memory(argument))
      helper = .probeReadKernelString
    } else {
      address = lowering.scalar(argument, as: .uint64)
      helper = lowering.textReader(for: type)
    }
    let limit = lowering.limit(of: call, within: capacity)
    // Fields of events need no zeros behind the text; everything else is compared and hashed by the word.
    let destination = lowering.destination(for: call.id)
    guard let destination, destination.use == .event else {
      return .memory(
        lowering.readText(
          at: address, by: helper, capacity: capacity, limit: limit, to: destination?.place))
    }
    lowering.builder.store(.constant(0, .i8), to: destination.place)
    lowering.builder.call(helper, .address(destination.place), limit, address)
    return .memory(destination.place)
  }
}

extension CallLowering {

  /// Emits the number of bytes that may be read, the zero byte included, as an `i32`: at most `capacity`.
  fileprivate mutating func limit(of call: BuiltinCall, within capacity: Int) -> Operand {
    guard call.arguments.count == 2, call.arguments[1].literalInteger == nil else {
      return .constant(Int64(capacity), .i32)
    }
    let length = scalar(call.arguments[1], as: .uint64)
    let shortened = builder.call(.bounded, length, .constant(Int64(capacity - 1), .i64))
    let count = builder.binary(.add, shortened, .constant(1, .i64))
    return builder.convert(count, .truncate, to: .i32)
  }

}
