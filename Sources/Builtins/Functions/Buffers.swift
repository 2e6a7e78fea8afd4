import IR
import Syntax
import Types

/// `buf(p, n)`: `n` bytes at an address; `buf(x[, n])`: the bytes of an array or a string.
struct BufferFunction: Builtin {
  let names = ["buf"]
  let arity = 1...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.type(of: call.arguments[0]) else { return nil }
    var capacity = scope.settings.maximumStringLength
    switch type {
    case .pointer, .integer:
      guard call.arguments.count == 2 else {
        scope.error("'buf' does not know how many bytes there are", at: call.site, hint: "write 'buf(p, n)'")
        return nil
      }
    case .array(let element, let count) where element.isInteger:
      capacity = min(capacity, element.size * count)
    case .string(let available): capacity = min(capacity, available)
    default:
      scope.error(
        "'buf' takes an address, an array or a string, not \(type.articled)", at: call.arguments[0].site)
      return nil
    }
    guard call.arguments.count == 2 else { return .buffer(capacity: capacity) }
    guard scope.integerArgument(1, of: call) != nil else { return nil }
    if let count = call.arguments[1].literalInteger {
      guard count >= 0 else {
        scope.error("the length of 'buf' must not be negative", at: call.arguments[1].site)
        return nil
      }
      capacity = Int(min(Int64(capacity), count))
    }
    return .buffer(capacity: capacity)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard case .buffer(let capacity) = lowering.type(of: call.id) else { preconditionFailure("not a buffer") }
    let type = lowering.type(of: call.arguments[0])
    let address: Operand
    var helper = Helper.probeReadKernel
    if type.isScalar {
      address = lowering.scalar(call.arguments[0], as: .uint64)
      if lowering.textReader(for: type) == .probeReadUserString { helper = .probeReadUser }
    } else {
      address = lowering.address(of: lowering.memory(call.arguments[0]))
    }
    var count = Operand.constant(Int64(capacity), .i32)
    if call.arguments.count == 2, call.arguments[1].literalInteger == nil {
      let wanted = lowering.scalar(call.arguments[1], as: .uint64)
      let cut = lowering.builder.call(.bounded, wanted, .constant(Int64(capacity), .i64))
      count = lowering.builder.convert(cut, .truncate, to: .i32)
    }
    let place: Place
    if let destination = lowering.destination(for: call.id), destination.use == .event {
      place = destination.place
    } else {
      let size = Type.buffer(capacity: capacity).size.rounded(upToMultipleOf: 8)
      place = lowering.temporary(size: size, alignment: 8)
      lowering.builder.emit(.zero(place, count: size, alignment: 8))
    }
    lowering.builder.store(count, to: place)
    if capacity > 0 { lowering.builder.call(helper, .address(place.advanced(by: 4)), count, address) }
    return .memory(place)
  }
}

/// `memcmp(a, b, n)`: less than, equal to or greater than 0 as the first `n` bytes of two values are.
struct BytesComparison: Builtin {
  let names = ["memcmp"]
  let arity = 3...3
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    let a = scope.byteCount(0, of: call)
    let b = scope.byteCount(1, of: call)
    guard scope.integerArgument(2, of: call) != nil, let a, let b else { return nil }
    let literal = call.arguments[2].literalInteger
    if literal == nil, a == nil || b == nil {
      scope.error(
        "the number of bytes at an address must be an integer literal", at: call.arguments[2].site)
      return nil
    }
    if let literal {
      let limit = min(a ?? .max, b ?? .max, scope.settings.maximumStringLength)
      guard literal >= 0, literal <= Int64(limit) else {
        scope.error("only 0 to \(limit) bytes can be compared here", at: call.arguments[2].site)
        return nil
      }
    }
    return .int64
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let literal = call.arguments[2].literalInteger.map { Int($0) }
    let sizes = call.arguments.prefix(2).map { lowering.type(of: $0).byteCount }
    let capacity = literal ?? min(sizes[0] ?? 0, sizes[1] ?? 0)
    if capacity == 0 { return .scalar(.constant(0, .i64)) }
    let a = lowering.bytes(call.arguments[0], count: capacity)
    let b = lowering.bytes(call.arguments[1], count: capacity)
    var count = Operand.constant(Int64(capacity), .i64)
    if literal == nil {
      let wanted = lowering.scalar(call.arguments[2], as: .uint64)
      count = lowering.builder.call(.bounded, wanted, count)
    }
    return .scalar(
      lowering.builder.call(
        .compareBytes, .address(a), .address(b), .constant(Int64(capacity), .i32), count))
  }
}

extension TypingScope {

  /// Returns the number of bytes of the argument at `index`, nil within for an address; else reports an error, and returns nil.
  fileprivate mutating func byteCount(_ index: Int, of call: BuiltinCall) -> Int?? {
    guard let type = type(of: call.arguments[index]) else { return nil }
    if case .pointer = type { return .some(nil) }
    if let count = type.byteCount { return count }
    error(
      "\(ordinal(index)) of '\(call.name.text)' must be a value in memory or its address, not \(type.articled)",
      at: call.arguments[index].site)
    return nil
  }

}

extension Type {

  /// The number of bytes of a value that lives in memory, those that only count others left out; nil for others.
  fileprivate var byteCount: Int? {
    switch self {
    case .string(let capacity), .buffer(let capacity): capacity
    case .array, .tuple, .record, .inet, .macAddress: size
    case .structure(let structure): structure.size
    default: nil
    }
  }

}

extension CallLowering {

  /// Emits the first `count` bytes of `expression`, or at the address that it is, and returns where they are: they can be read by
  /// the word.
  fileprivate mutating func bytes(_ expression: Expression, count: Int) -> Place {
    let type = type(of: expression)
    switch type {
    case .pointer(_, let space):
      let address = scalar(expression, as: .uint64)
      let size = count.rounded(upToMultipleOf: 8)
      let copy = temporary(size: size, alignment: 8)
      builder.emit(.zero(copy, count: size, alignment: 8))
      builder.call(
        space == .user ? .probeReadUser : .probeReadKernel, .address(copy), .constant(Int64(count), .i32),
        address)
      return copy
    case .string: return words(text(expression).place, count: count)
    case .buffer: return words(memory(expression).advanced(by: 4), count: count)
    default: return words(memory(expression), count: count)
    }
  }

}
