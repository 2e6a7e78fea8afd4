import IR
import Syntax
import Types

/// `ntop([family,] x)`: an IPv4 or IPv6 address, in the order of bytes of the network.
struct AddressFunction: Builtin {
  let names = ["ntop"]
  let arity = 1...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if call.arguments.count == 2, scope.integerArgument(0, of: call) == nil { return nil }
    let address = call.arguments[call.arguments.count - 1]
    guard let type = scope.type(of: address) else { return nil }
    switch type {
    case .integer: return .inet
    case .array(let element, let count) where element.isInteger && [4, 16].contains(element.size * count):
      return .inet
    default:
      scope.error(
        "'ntop' takes an integer or an array of 4 or 16 bytes, not "
          + (type.isArray ? "'\(type)'" : type.articled), at: address.site)
      return nil
    }
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let address = call.arguments[call.arguments.count - 1]
    let type = lowering.type(of: address)
    let size = type.isScalar ? 4 : type.size
    let family: Operand =
      call.arguments.count == 2
      ? lowering.scalar(call.arguments[0], as: .uint32)
      : .constant(size == 4 ? AddressFamily.ipv4 : AddressFamily.ipv6, .i32)
    let place = lowering.temporary(size: Type.inet.size, alignment: 8)
    lowering.builder.emit(.zero(place, count: 24, alignment: 8))
    lowering.builder.store(family, to: place)
    if type.isScalar {
      lowering.builder.store(lowering.scalar(address, as: .uint32), to: place.advanced(by: 4))
    } else {
      lowering.copy(from: lowering.memory(address), type, to: place.advanced(by: 4), type)
    }
    return .memory(place)
  }
}

/// `pton("address")`: the bytes of an IPv4 or IPv6 address, in the order of the network.
struct AddressLiteral: Builtin {
  let names = ["pton"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let text = scope.literal(0, of: call, called: "the argument") else { return nil }
    guard let bytes = IPAddress.bytes(of: text) else {
      scope.error(
        "'\(text)' is no IP address", at: call.arguments[0].site,
        hint: "addresses are written like '192.0.2.1' and '2001:db8::1'")
      return nil
    }
    return .array(of: .integer(IntegerType(width: 8, isSigned: false)), count: bytes.count)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let text = call.arguments[0].literalString,
      let bytes = IPAddress.bytes(of: String(decoding: text, as: UTF8.self))
    else { preconditionFailure("not an address") }
    return .memory(lowering.constant(bytes))
  }
}

/// `macaddr(b)`: an Ethernet address: the 6 bytes of an array or at an address.
struct EthernetAddress: Builtin {
  let names = ["macaddr"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.type(of: call.arguments[0]) else { return nil }
    switch type {
    case .pointer, .integer: return .macAddress
    case .array(let element, 6) where element.isCharacter: return .macAddress
    default:
      scope.error(
        "'macaddr' takes an array of 6 bytes or its address, not "
          + (type.isArray ? "'\(type)'" : type.articled), at: call.arguments[0].site)
      return nil
    }
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let type = lowering.type(of: call.arguments[0])
    guard type.isScalar else { return .memory(lowering.memory(call.arguments[0])) }
    let address = lowering.scalar(call.arguments[0], as: .uint64)
    let place = lowering.temporary(size: 8, alignment: 8)
    lowering.builder.store(.constant(0, .i64), to: place)
    let helper: Helper =
      lowering.textReader(for: type) == .probeReadUserString ? .probeReadUser : .probeReadKernel
    lowering.builder.call(helper, .address(place), .constant(6, .i32), address)
    return .memory(place)
  }
}

/// `bswap(n)`: the bytes of a number the other way round.
struct SwappedBytes: Builtin {
  let names = ["bswap"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.integerArgument(0, of: call) else { return nil }
    return .integer(IntegerType(width: type.width, isSigned: false))
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let type = lowering.type(of: call.id)
    let number = lowering.scalar(call.arguments[0], as: type)
    switch type.size {
    case 1: return .scalar(number)
    case 2: return .scalar(lowering.builder.call(.swapped16, number))
    case 4: return .scalar(lowering.builder.call(.swapped32, number))
    default: return .scalar(lowering.builder.call(.swapped64, number))
    }
  }
}

/// The numbers of families of addresses (`include/linux/socket.h`).
enum AddressFamily {

  /// `AF_INET`.
  static let ipv4: Int64 = 2

  /// `AF_INET6`.
  static let ipv6: Int64 = 10

}

extension Type {

  /// `true` iff the value is an array.
  fileprivate var isArray: Bool { if case .array = self { true } else { false } }

}
