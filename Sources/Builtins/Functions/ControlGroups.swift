import IR
import Kernel
import Probes
import Syntax
import Types

/// `cgroupid("path")`: the number of a control group, found when the script is compiled.
struct ControlGroupID: Builtin {
  let names = ["cgroupid"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let name = scope.literal(0, of: call, called: "the argument") else { return nil }
    if scope.kernel.controlGroup(at: name) != nil { return .uint64 }
    scope.error("'\(name)' is no control group", at: call.arguments[0].site)
    return nil
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let path = String(decoding: call.arguments[0].literalString ?? [], as: UTF8.self)
    let number = Int64(bitPattern: lowering.kernel.controlGroup(at: path) ?? 0)
    return .scalar(lowering.number(number, of: .controlGroup(path), as: nil))
  }
}

/// `cgroup_path(id[, pattern])`: a control group that is printed as its path, if the hierarchy's name (`unified`) matches the
/// pattern.
struct ControlGroupPath: Builtin {
  let names = ["cgroup_path"]
  let arity = 1...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    if call.arguments.count == 2, scope.literal(1, of: call, called: "the pattern") == nil { return nil }
    return scope.integerArgument(0, of: call) == nil ? nil : .cgroupPath
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let number = lowering.scalar(call.arguments[0], as: .uint64)
    if call.arguments.count == 2, let pattern = call.arguments[1].literalString,
      !Wildcard(String(decoding: pattern, as: UTF8.self)).matches("unified")
    {
      // No group has the number 0, so that nothing is printed.
      return .scalar(.constant(0, .i64))
    }
    return .scalar(number)
  }
}
