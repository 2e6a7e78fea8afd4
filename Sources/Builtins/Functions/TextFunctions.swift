import IR
import Kernel
import Syntax
import Types

/// `strlen(s)`: the number of bytes of a text.
struct TextLength: Builtin {
  let names = ["strlen"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    scope.textArgument(0, of: call) == nil ? nil : .uint64
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.length(of: call.arguments[0]))
  }
}

/// `strcap(s)`: the number of bytes that there is room for in a text, the zero byte included; for an address, the length of
/// the text there.
struct TextCapacity: Builtin {
  let names = ["strcap"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    scope.textArgument(0, of: call) == nil ? nil : .uint64
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    switch lowering.type(of: call.arguments[0]) {
    case .string(let capacity): .scalar(.constant(Int64(capacity), .i64))
    case .array(_, let count): .scalar(.constant(Int64(count), .i64))
    default: .scalar(lowering.length(of: call.arguments[0]))
    }
  }
}

/// `strncmp(a, b, n)`: 0 if the first `n` bytes of two texts are the same, else 1.
struct TextComparison: Builtin {
  let names = ["strncmp"]
  let arity = 3...3
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    let a = scope.textArgument(0, of: call)
    let b = scope.textArgument(1, of: call)
    guard let count = scope.literalArgument(2, of: call), a != nil, b != nil else { return nil }
    guard count >= 0 else {
      scope.error("the number of bytes must not be negative", at: call.arguments[2].site)
      return nil
    }
    return .int64
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let limit = call.arguments[2].literalInteger else { preconditionFailure("not a literal") }
    let a = lowering.text(call.arguments[0])
    let b = lowering.text(call.arguments[1])
    let count = min(Int(limit), Type.string(capacity: min(a.capacity, b.capacity)).size)
    if count == 0 { return .scalar(.constant(0, .i64)) }
    let isEqual = lowering.builder.call(
      .textsEqual, .address(a.place), .address(b.place), .constant(Int64(count), .i32))
    let differ = lowering.builder.binary(.equal, isEqual, .constant(0, .i8))
    return .scalar(lowering.builder.convert(differ, .zeroExtend, to: .i64))
  }
}

/// `strstr(haystack, needle)`: where a text is in another one for the first time, -1 if it is not.
struct TextIndex: Builtin {
  let names = ["strstr"]
  let arity = 2...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    scope.searchArguments(of: call) ? .int64 : nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.index(of: call.arguments[1], in: call.arguments[0]))
  }
}

/// `strcontains(haystack, needle)`: whether a text is in another one.
struct TextContainment: Builtin {
  let names = ["strcontains"]
  let arity = 2...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    scope.searchArguments(of: call) ? .bool : nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let index = lowering.index(of: call.arguments[1], in: call.arguments[0])
    return .scalar(lowering.builder.binary(.signedLessOrEqual, .constant(0, .i64), index))
  }
}

/// `str_concat(a, b)`: one text behind the other.
struct TextConcatenation: Builtin {
  let names = ["str_concat"]
  let arity = 2...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    let a = scope.textArgument(0, of: call)
    let b = scope.textArgument(1, of: call)
    guard let a, let b else { return nil }
    return .string(capacity: min(a + b, max(a, b, scope.settings.maximumStringLength)))
  }

  /// The helper that copies text says how long it was, so that no program has to look for its end.
  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard case .string(let capacity) = lowering.type(of: call.id) else { preconditionFailure("not a text") }
    let a = lowering.text(call.arguments[0])
    let b = lowering.text(call.arguments[1])
    // Arrays of characters may be full; the helper ends the copy behind them.
    let size = (a.capacity + b.capacity + 2).rounded(upToMultipleOf: 8)
    let result = lowering.scratch(size: size)
    lowering.builder.emit(.zero(result, count: size, alignment: 8))
    let start = lowering.address(of: a.place)
    let count = lowering.builder.call(
      .probeReadKernelString, .address(result), .constant(Int64(a.capacity + 1), .i32), start)
    let copied = lowering.builder.binary(.subtract, count, .constant(1, .i64))
    let length = lowering.builder.call(.bounded, copied, .constant(Int64(a.capacity), .i64))
    let next = lowering.address(of: b.place)
    let base = lowering.builder.register(.pointer)
    lowering.builder.emit(.address(base, result))
    let end = lowering.builder.register(.pointer)
    lowering.builder.emit(.offset(end, .register(base), length))
    lowering.builder.call(
      .probeReadKernelString, .register(end), .constant(Int64(b.capacity + 1), .i32), next)
    if capacity < a.capacity + b.capacity {
      for offset in capacity - 1..<Type.string(capacity: capacity).size {
        lowering.builder.store(.constant(0, .i8), to: result.advanced(by: offset))
      }
    }
    return .memory(result)
  }
}

extension TypingScope {

  /// Returns `true` iff the arguments of `call` are texts and the kernel can search, else reports an error.
  mutating func searchArguments(of call: BuiltinCall) -> Bool {
    let haystack = textArgument(0, of: call)
    let needle = textArgument(1, of: call)
    guard kernel.isAtLeast(5, 17) else {
      error("'\(call.name.text)' needs the helper 'bpf_loop', which Linux has since 5.17", at: call.site)
      return false
    }
    return haystack != nil && needle != nil
  }

}

extension CallLowering {

  /// Emits the length of the text `expression`.
  fileprivate mutating func length(of expression: Expression) -> Operand {
    let text = text(expression)
    let capacity = Operand.constant(Int64(text.capacity), .i32)
    return forgotten(builder.call(.textLength, .address(text.place), capacity))
  }

  /// Emits the search for the text `needle` in the text `haystack` and returns its index or -1.
  fileprivate mutating func index(of needle: Expression, in haystack: Expression) -> Operand {
    let text = text(haystack, isOffStack: true)
    let progress = scratch(size: 16)
    let sought: Place
    let borders: Place
    let length: Operand
    let capacity: Int
    if let literal = needle.literalString {
      if literal.isEmpty { return .constant(0, .i64) }
      capacity = literal.count
      sought = constant(literal)
      borders = constant(literal.borders.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
      length = .constant(Int64(capacity), .i64)
    } else {
      let other = self.text(needle, isOffStack: true)
      capacity = other.capacity
      sought = other.place
      borders = scratch(size: 2 * capacity)
      length = builder.call(
        .textBorders, .address(sought), .address(borders), .constant(Int64(capacity), .i32),
        .address(progress))
    }
    return builder.call(
      .textIndex, .address(text.place), .address(sought), .address(borders), length,
      .constant(Int64(text.capacity) << 32 | Int64(capacity), .i64), .address(progress))
  }

}

extension [UInt8] {

  /// For each byte, how many bytes up to it are the same as the beginning, without being all of it.
  fileprivate var borders: [Int] {
    var result: [Int] = []
    var matched = 0
    for (position, byte) in enumerated() {
      while position > 0 && matched > 0 && self[matched] != byte { matched = result[matched - 1] }
      if position > 0 && self[matched] == byte { matched += 1 }
      result.append(matched)
    }
    return result
  }

}
