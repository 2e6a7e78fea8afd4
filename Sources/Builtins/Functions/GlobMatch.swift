import IR
import Syntax
import Types

/// `globmatch(text, pattern)`: whether a whole text is as a pattern says.
///
/// In the pattern, `?` stands for any byte, `*` for any number of them, `[abc]` and `[a-z]` for one of the members, `[!abc]` for one
/// that is no member; each other byte stands for itself. `]` is a member if it comes first.
struct GlobMatch: Builtin {
  let names = ["globmatch"]
  let arity = 2...2
  let isValue = false

  /// The size of `struct glob_progress` of the runtime.
  private static let progressSize = 72

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.searchArguments(of: call) else { return nil }
    if let pattern = call.arguments[1].literalString, let start = Self.unclosedClass(in: pattern) {
      let site = call.arguments[1].site(ofContents: start..<pattern.count)
      scope.error("nothing ends this '['", at: site, hint: "'[[]' stands for the character itself")
      return nil
    }
    return .bool
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let literal = call.arguments[1].literalString
    if let literal, let prefix = Self.start(of: literal) {
      let text = lowering.text(call.arguments[0])
      if prefix.count > text.capacity { return .scalar(.constant(0, .i8)) }
      return .scalar(
        lowering.builder.call(
          .textsEqual, .address(text.place), .address(lowering.constant(prefix)),
          .constant(Int64(prefix.count), .i32)))
    }
    let text = lowering.text(call.arguments[0], isOffStack: true)
    let pattern: (place: Place, capacity: Int)
    if let literal {
      pattern = (lowering.constant(literal.isEmpty ? [0] : literal), literal.count)
    } else {
      let other = lowering.text(call.arguments[1], isOffStack: true)
      pattern = (other.place, other.capacity)
    }
    let progress = lowering.scratch(size: Self.progressSize)
    return .scalar(
      lowering.builder.call(
        .globMatches, .address(text.place), .constant(Int64(text.capacity), .i32), .address(pattern.place),
        .constant(Int64(pattern.capacity), .i32), .address(progress)))
  }

  /// Returns the bytes that a text starts with iff `pattern` matches it, nil if it takes more to tell: those in front of the one `*`
  /// that ends the pattern, or all and the zero byte behind them.
  private static func start(of pattern: [UInt8]) -> [UInt8]? {
    let special = [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), 0]
    let isPrefix = pattern.last == UInt8(ascii: "*")
    let prefix = isPrefix ? pattern.dropLast() : pattern[...]
    guard !prefix.isEmpty, !prefix.contains(where: special.contains) else { return nil }
    return isPrefix ? Array(prefix) : prefix + [0]
  }

  /// Returns the index of the first `[` in `pattern` that no `]` belongs to, nil if there is none.
  private static func unclosedClass(in pattern: [UInt8]) -> Int? {
    var index = 0
    while index < pattern.count {
      if pattern[index] == UInt8(ascii: "[") {
        var first = index + 1
        if first < pattern.count, pattern[first] == UInt8(ascii: "!") { first += 1 }
        guard let end = pattern.dropFirst(first + 1).firstIndex(of: UInt8(ascii: "]")) else { return index }
        index = end
      }
      index += 1
    }
    return nil
  }
}
