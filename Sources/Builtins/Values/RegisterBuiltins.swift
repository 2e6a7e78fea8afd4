import Diagnostics
import IR
import Probes
import Syntax
import Types

/// `ctx`: the address of what the kernel hands to the program.
struct ContextPointer: Builtin {
  let names = ["ctx"]
  let arity = 0...0
  let isValue = true

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    .pointer(to: scope.probe.contextType, .context)
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    .scalar(lowering.builder.convert(.context, .toInteger, to: .i64))
  }
}

/// `reg("name")`: a register as it was when the probe was hit.
struct RegisterValue: Builtin {
  let names = ["reg"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard scope.probe.programKind.hasRegisters else {
      scope.error("'reg' has no meaning in \(scope.probe.provider) probes", at: call.site)
      return nil
    }
    let argument = call.arguments[0]
    guard let bytes = argument.literalString else {
      scope.error("'reg' takes the name of a register, a string literal", at: argument.site)
      return nil
    }
    let name = String(decoding: bytes, as: UTF8.self)
    if Registers.offset(of: name) != nil { return .uint64 }
    scope.error(
      "unknown register '\(name)'\(suggestion(for: name, among: Registers.names))", at: argument.site)
    return nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let bytes = call.arguments[0].literalString,
      let offset = Registers.offset(of: String(decoding: bytes, as: UTF8.self))
    else { preconditionFailure("a register that was not checked") }
    return .scalar(lowering.builder.load(.i64, from: Place(.context, offset: offset)))
  }
}

/// `sarg0`, `sarg1` …: the arguments of a function that are passed on the stack.
struct StackArgument: Builtin {
  let names = (0..<Argument.maximumCount).map { "sarg\($0)" }
  let arity = 0...0
  let isValue = true

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if !scope.probe.arguments.isEmpty, Registers.firstStackArgument != nil { return .uint64 }
    scope.error("'\(call.name.text)' has no meaning in \(scope.probe.provider) probes", at: call.site)
    return nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    guard let number = Int(call.name.text.dropFirst(4)), let first = Registers.firstStackArgument else {
      preconditionFailure("an argument that was not checked")
    }
    let stack = lowering.builder.load(.i64, from: Place(.context, offset: Registers.stackPointerOffset))
    let distance = Operand.constant(Int64(first + 8 * number), .i64)
    let address = lowering.builder.binary(.add, stack, distance)
    let copy = lowering.temporary(size: 8, alignment: 8)
    lowering.builder.call(
      lowering.probe.addressSpace == .user ? .probeReadUser : .probeReadKernel, .address(copy),
      .constant(8, .i32), address)
    return .scalar(lowering.builder.load(.i64, from: copy))
  }
}

/// `usermode`: 1 if the processor was in user mode when the probe was hit, else 0.
struct UserMode: ValueBuiltin {
  let names = ["usermode"]
  let valueType = Type.integer(IntegerType(width: 8, isSigned: false))

  func value(in lowering: inout some CallLowering) -> LoweredValue {
    // Programs that get no registers are called by the kernel, which is in kernel mode then.
    guard lowering.probe.programKind.hasRegisters else { return .scalar(.constant(0, .i8)) }
    let mode = lowering.builder.load(.i64, from: Place(.context, offset: Registers.modeOffset))
    let level = lowering.builder.binary(.and, mode, .constant(Registers.modeMask, .i64))
    return .scalar(lowering.builder.binary(.equal, level, .constant(Registers.userMode, .i64)))
  }
}

extension ProgramKind {

  /// `true` iff the context starts with the registers, the kernel's `struct pt_regs`.
  fileprivate var hasRegisters: Bool {
    switch self {
    case .kprobe, .kprobeMulti, .kprobeSession, .uprobe, .uprobeMulti, .perfEvent: true
    default: false
    }
  }

}
