import Diagnostics
import IR
import Kernel
import Probes
import Syntax
import Types

/// `uaddr("name")`: the address of a symbol of the program or library that the probe is in, in the current process.
///
/// Where the file is loaded is told by where the probe was hit.
struct UserAddressOfSymbol: Builtin {
  let names = ["uaddr"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let place = scope.probe.codePlace else {
      scope.error(
        "'uaddr' has no meaning in \(scope.probe.provider) probes", at: call.site,
        hint: "uprobes and USDT probes have it")
      return nil
    }
    guard let name = scope.literal(0, of: call, called: "the argument") else { return nil }
    do throws(BinaryLookupFault) {
      if let symbol = try scope.kernel.binaries.symbol(named: name, in: place.binary) {
        return .pointer(to: symbol.valueType, .user)
      }
    } catch {}
    scope.error("'\(place.binary.path)' has no symbol '\(name)'", at: call.arguments[0].site)
    return nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let name = String(decoding: call.arguments[0].literalString ?? [], as: UTF8.self)
    guard let place = lowering.probe.codePlace,
      let symbol = try? lowering.kernel.binaries.symbol(named: name, in: place.binary)
    else { preconditionFailure("a symbol that was not checked") }
    guard let own = place.address else { return .scalar(.constant(Int64(bitPattern: symbol.address), .i64)) }
    let address = lowering.builder.load(
      .i64, from: Place(.context, offset: Registers.instructionPointerOffset))
    let distance = Operand.constant(Int64(bitPattern: symbol.address &- own), .i64)
    return .scalar(lowering.builder.binary(.add, address, distance))
  }
}

extension BinarySymbol {

  /// The type of what is at the symbol, as far as its size tells.
  fileprivate var valueType: Type {
    switch size {
    case 1, 2, 4: .integer(IntegerType(width: Int(size) * 8, isSigned: false))
    default: .uint64
    }
  }

}
