import IR
import Syntax
import Types

/// `socket_cookie(sk)`: the number that the kernel gives to a socket for as long as that lives.
struct SocketCookie: Builtin {
  let names = ["socket_cookie"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard
      scope.requireTypedProbe(for: call, kinds: [.fentry, .fexit, .typedRawTracepoint, .iterator]),
      scope.structure(0, of: call, among: ["sock", "sock_common"], written: "args.sk")
    else { return nil }
    return .uint64
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    let (pointer, address) = lowering.typedArgument(0, of: call)
    let result = lowering.builder.local(.i64)
    lowering.builder.set(result, to: .constant(0, .i64))
    let isThere = lowering.builder.isNotNull(pointer)
    lowering.builder.branch(isThere) { builder in
      builder.set(result, to: builder.call(.getSocketCookie, address))
    }
    return .scalar(lowering.builder.get(result))
  }
}
