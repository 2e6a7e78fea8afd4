import Diagnostics
import IR
import Syntax
import Types

/// `subnet(address, "10.0.0.0/8,fd00::/8")`: the first subnet of the list that the address is in, as it stands there; empty if it is in
/// none.
///
/// An address of IPv6 that stands for one of IPv4 is looked for as that.
struct SubnetFunction: Builtin {
  let names = ["subnet"]
  let arity = 2...2
  let isValue = false

  /// The greatest number of subnets, so that programs stay small.
  private static let greatestCount = 512

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    let address = call.arguments[0]
    guard let type = scope.type(of: address), let list = scope.literal(1, of: call, called: "the list")
    else { return nil }
    guard type.addressSize != nil else {
      scope.error(
        "'subnet' takes an IP address, an integer or an array of 4 or 16 bytes, not \(type.articled)",
        at: address.site)
      return nil
    }
    let subnets: [Subnet]
    do {
      subnets = try Self.subnets(of: list)
    } catch {
      scope.error(error.message, at: call.arguments[1].site, hint: error.hint)
      return nil
    }
    guard subnets.count <= Self.greatestCount else {
      scope.error(
        "there are \(subnets.count) subnets, but at most \(Self.greatestCount) can be told apart",
        at: call.arguments[1].site)
      return nil
    }
    for (index, subnet) in subnets.enumerated() {
      guard let other = subnets[..<index].first(where: { $0.contains(subnet) }) else { continue }
      scope.report(
        .warning(
          "nothing is found in '\(subnet.name)': all of it is in '\(other.name)', which stands before it",
          at: call.arguments[1].site, hint: "put smaller subnets first"))
    }
    return .string(capacity: subnets.reduce(0) { max($0, $1.name.utf8.count) } + 1)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let list = call.arguments[1].literalString,
      let subnets = try? Self.subnets(of: String(decoding: list, as: UTF8.self))
    else { preconditionFailure("a list that was refused") }
    let index = lowering.builder.local(.i64)
    lowering.builder.set(index, to: .constant(0, .i64))
    let address = lowering.ipAddress(call.arguments[0])
    lowering.builder.openBlock()
    lowering.builder.branch(
      address.isIPv4,
      then: { Self.find([address.ipv4], in: subnets, isIPv4: true, leaving: index, &$0) },
      otherwise: { Self.find(address.words, in: subnets, isIPv4: false, leaving: index, &$0) })
    lowering.builder.emit(.leave)
    lowering.builder.emit(.loop(lowering.builder.closeBlock()))
    return .memory(lowering.text(at: lowering.builder.get(index), of: [""] + subnets.map(\.name)))
  }

  /// Emits the search for the address that `words` are among `subnets` of its kind: the number of the first one that it is in,
  /// counted from 1, is set to `index`, and the block is left.
  private static func find(
    _ words: [Operand], in subnets: [Subnet], isIPv4: Bool, leaving index: Local,
    _ builder: inout ProgramBuilder
  ) {
    for (number, subnet) in subnets.enumerated() where subnet.isIPv4 == isIPv4 && !words.isEmpty {
      var isWithin: Operand? = nil
      for condition in subnet.conditions {
        let word = builder.binary(.and, words[condition.index], .constant(Int64(condition.mask), .i32))
        let isEqual = builder.binary(.equal, word, .constant(Int64(condition.value), .i32))
        isWithin = isWithin.map { builder.binary(.and, $0, isEqual) } ?? isEqual
      }
      builder.branch(isWithin ?? .constant(1, .i8)) { builder in
        builder.set(index, to: .constant(Int64(number + 1), .i64))
        builder.emit(.leave)
      }
    }
  }

  /// Returns the subnets of `list`, which have commas between them.
  private static func subnets(of list: String) throws(Subnet.Fault) -> [Subnet] {
    var result: [Subnet] = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: " ")
      result.append(try Subnet(words.count == 1 ? String(words[0]) : String(part)))
    }
    return result
  }
}

extension Type {

  /// The number of bytes of the IP address that a value of the type is, nil if it is none; 16 if either kind is possible.
  fileprivate var addressSize: Int? {
    switch self {
    case .integer: 4
    case .inet: 16
    case .array(let element, let count) where element.isInteger && [4, 16].contains(element.size * count):
      element.size * count
    default: nil
    }
  }

}

/// An IP address in registers.
private struct LoweredAddress {

  /// An `i8` that is 1 iff the address is one of IPv4 or stands for one.
  let isIPv4: Operand

  /// That address, an `i32` as it is in memory.
  let ipv4: Operand

  /// The address of IPv6, four `i32` as they are in memory; empty if it cannot be one.
  let words: [Operand]

}

extension CallLowering {

  /// Emits the IP address that `expression` is.
  fileprivate mutating func ipAddress(_ expression: Expression) -> LoweredAddress {
    let type = type(of: expression)
    if type.isScalar {
      return LoweredAddress(isIPv4: .constant(1, .i8), ipv4: scalar(expression, as: .uint32), words: [])
    }
    // The family stands in front of the address.
    let start = type == .inet ? 4 : 0
    let copy = self.words(memory(expression), count: type.size)
    if type.addressSize == 4 {
      return LoweredAddress(isIPv4: .constant(1, .i8), ipv4: builder.load(.i32, from: copy), words: [])
    }
    let words = (0..<4).map { builder.load(.i32, from: copy.advanced(by: start + 4 * $0)) }
    // ::ffff:192.0.2.1
    let zero = builder.binary(.or, words[0], words[1])
    let isZero = builder.binary(.equal, zero, .constant(0, .i32))
    let isMarked = builder.binary(.equal, words[2], .constant(0xffff_0000, .i32))
    let isMapped = builder.binary(.and, isZero, isMarked)
    guard type == .inet else { return LoweredAddress(isIPv4: isMapped, ipv4: words[3], words: words) }
    let family = builder.load(.i32, from: copy)
    let isShort = builder.binary(.equal, family, .constant(AddressFamily.ipv4, .i32))
    return LoweredAddress(
      isIPv4: builder.binary(.or, isShort, isMapped), ipv4: builder.select(isShort, words[0], words[3]),
      words: words)
  }

}
