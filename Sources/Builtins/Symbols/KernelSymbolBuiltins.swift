import Diagnostics
import IR
import Kernel
import Syntax
import Types

/// `ksym(address)`: the function of the kernel that an address is in, looked up when it is printed.
struct KernelSymbol: Builtin {
  let names = ["ksym"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.type(of: call.arguments[0]) else { return nil }
    switch type {
    case .integer, .pointer: return .kernelSymbol
    default:
      scope.error("'ksym' takes an address, not \(type.articled)", at: call.arguments[0].site)
      return nil
    }
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.scalar(call.arguments[0], as: .uint64))
  }
}

/// `kaddr("name")`: the address of a symbol of the kernel, found when the script is compiled.
struct KernelAddress: Builtin {
  let names = ["kaddr"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if scope.symbolAddress(0, of: call) == nil { return nil }
    return .integer(IntegerType(width: 64, isSigned: false, addressSpace: .kernel))
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.symbolAddress(0, of: call))
  }
}

/// `percpu_kaddr("name"[, cpu])`: where the symbol of the kernel is that each CPU has its own of, for the CPU that the program
/// runs on or for another one; 0 if there is no such CPU.
struct PerCPUKernelAddress: Builtin {
  let names = ["percpu_kaddr"]
  let arity = 1...2
  let isValue = false

  /// The symbol of the kernel's table of what to add to the address of such a symbol, 64 bits for each CPU
  /// (`per_cpu_offset` in `include/asm-generic/percpu.h`).
  private static let table = "__per_cpu_offset"

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if call.arguments.count == 2, scope.integerArgument(1, of: call) == nil { return nil }
    guard scope.symbolAddress(0, of: call) != nil else { return nil }
    guard (try? scope.kernel.address(ofSymbol: Self.table)) != nil else {
      scope.error("the kernel does not tell where variables are that each CPU has its own of", at: call.site)
      return nil
    }
    return .pointer(to: .uint64, .kernel)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let table = try? lowering.kernel.address(ofSymbol: Self.table) else {
      preconditionFailure("a symbol that was not checked")
    }
    let symbol = lowering.symbolAddress(0, of: call)
    let cpu =
      call.arguments.count == 2
      ? lowering.scalar(call.arguments[1], as: .uint64)
      : lowering.builder.convert(lowering.builder.call(.getSMPProcessorID), .zeroExtend, to: .i64)
    let distance = lowering.builder.binary(.shiftLeft, cpu, .constant(3, .i64))
    let entry = lowering.builder.binary(
      .add, distance,
      lowering.number(Int64(bitPattern: table), of: .symbol(Self.table), as: nil))
    let offset = lowering.temporary(size: 8, alignment: 8)
    lowering.builder.store(.constant(0, .i64), to: offset)
    lowering.builder.call(.probeReadKernel, .address(offset), .constant(8, .i32), entry)
    let start = lowering.builder.load(.i64, from: offset)
    let address = lowering.builder.binary(.add, start, symbol)
    if call.arguments.count == 1 { return .scalar(address) }
    let count = lowering.possibleCPUs(as: .i64)
    let isThere = lowering.builder.binary(.unsignedLess, cpu, count)
    return .scalar(lowering.builder.select(isThere, address, .constant(0, .i64)))
  }
}

extension TypingScope {

  /// Returns the address of the symbol of the kernel that the argument at `index` names, else reports an error, and returns nil.
  fileprivate mutating func symbolAddress(_ index: Int, of call: BuiltinCall) -> UInt64? {
    guard let name = literal(index, of: call, called: ordinal(index)) else { return nil }
    let site = call.arguments[index].site
    do throws(KernelFault) {
      if let address = try kernel.address(ofSymbol: name) { return address }
      let near = suggestion(for: name, among: kernel.symbolNames(like: name))
      error("the kernel has no symbol '\(name)'\(near)", at: site)
    } catch {
      self.error(error.message, at: site, hint: error.hint)
    }
    return nil
  }

}

extension CallLowering {

  /// Returns the address of the symbol of the kernel that the argument at `index` names, which was checked; an `i64`.
  fileprivate mutating func symbolAddress(_ index: Int, of call: BuiltinCall) -> Operand {
    let name = String(decoding: call.arguments[index].literalString ?? [], as: UTF8.self)
    guard let address = try? kernel.address(ofSymbol: name) else {
      preconditionFailure("a symbol that was not checked")
    }
    return number(Int64(bitPattern: address), of: .symbol(name), as: nil)
  }

}
