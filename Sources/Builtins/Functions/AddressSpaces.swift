import IR
import Syntax
import Types

/// `kptr(p)`: the same address, in the kernel's memory.
struct KernelPointer: AddressSpaceBuiltin {
  let names = ["kptr"]
  let space = AddressSpace.kernel
}

/// `uptr(p)`: the same address, in the memory of the current process.
struct UserPointer: AddressSpaceBuiltin {
  let names = ["uptr"]
  let space = AddressSpace.user
}

/// A builtin that says which memory an address is in.
protocol AddressSpaceBuiltin: Builtin {

  /// The memory.
  var space: AddressSpace { get }

}

extension AddressSpaceBuiltin {

  /// The address.
  var arity: ClosedRange<Int> { 1...1 }

  /// `false`: it is called.
  var isValue: Bool { false }

  /// Returns the type of the pointer; an integer becomes a pointer to bytes.
  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    switch scope.type(of: call.arguments[0]) {
    case .pointer(let pointee, _): return .pointer(to: pointee, space)
    case .integer: return .pointer(to: .integer(IntegerType(width: 8, isSigned: true)), space)
    case nil: return nil
    case .some(let type):
      scope.error("'\(call.name.text)' takes a pointer, not \(type.articled)", at: call.arguments[0].site)
      return nil
    }
  }

  /// Emits the address, which stays what it is.
  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.scalar(call.arguments[0], as: .uint64))
  }

}
