import IR
import Kernel
import Probes
import Syntax
import Types

/// A builtin whose value is known when the script is compiled: what depends on it is compiled only where it holds.
///
/// `type(of:in:)` notes the value as soon as it is known.
public protocol CompileTimeBuiltin: Builtin {}

extension CompileTimeBuiltin {

  /// `true` iff it takes no arguments: then it can stand without parentheses.
  public var isValue: Bool { arity.lowerBound == 0 }

  /// Returns the value.
  public func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue {
    lowering.notedConstant(of: call)
  }

}

/// `is_ptr(x)`, `is_str(x)`, `is_array(x)`, `is_integer(x)`, `is_unsigned_integer(x)`: what kind of value `x`, or of type,
/// is.
struct TypePredicate: CompileTimeBuiltin {

  let names: [String]
  let arity = 1...1

  /// Returns `true` iff values of the type are of the kind.
  let holds: @Sendable (Type) -> Bool

  /// Creates the builtin called `name`.
  init(_ name: String, holds: @escaping @Sendable (Type) -> Bool) {
    self.names = [name]
    self.holds = holds
  }

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let type = scope.typeOrTypeOfValue(call.arguments[0]) else { return nil }
    scope.note(constant: holds(type) ? 1 : 0, of: call.id)
    return .bool
  }

  /// All of them.
  static let all: [any Builtin] = [
    TypePredicate("is_ptr") { if case .pointer = $0 { true } else { false } },
    TypePredicate("is_str") { if case .string = $0 { true } else { false } },
    TypePredicate("is_array") { if case .array = $0 { true } else { false } },
    TypePredicate("is_integer") { if case .integer = $0 { true } else { false } },
    TypePredicate("is_unsigned_integer") {
      if case .integer(let type) = $0 { !type.isSigned } else { false }
    },
  ]

}

/// `is_literal(x)`: whether `x` is a number, a string or a truth value as such.
struct IsLiteral: CompileTimeBuiltin {
  let names = ["is_literal"]
  let arity = 1...1

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    _ = scope.type(of: call.arguments[0])
    scope.note(constant: call.arguments[0].isLiteral ? 1 : 0, of: call.id)
    return .bool
  }
}

/// `default_str_length`: the greatest number of bytes of a string, which the setting `max_strlen` is.
struct DefaultTextLength: CompileTimeBuiltin {
  let names = ["default_str_length"]
  let arity = 0...0

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    scope.note(constant: Int64(scope.settings.maximumStringLength), of: call.id)
    return .uint64
  }
}

/// `kfunc_exist("name")`: whether the kernel has a function of the name that programs may know.
struct KernelFunctionExists: CompileTimeBuiltin {
  let names = ["kfunc_exist"]
  let arity = 1...1

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let name = scope.literal(0, of: call, called: "the argument") else { return nil }
    scope.note(constant: scope.kernel.hasFunction(named: name) ? 1 : 0, of: call.id)
    return .bool
  }
}

/// `kfunc_allowed("name")`: whether programs of the probe may call the kernel's function of the name.
struct KernelFunctionAllowed: CompileTimeBuiltin {
  let names = ["kfunc_allowed"]
  let arity = 1...1

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let name = scope.literal(0, of: call, called: "the argument") else { return nil }
    let kind: CallerKind =
      switch scope.probe.programKind {
      case .kprobe, .kprobeMulti, .kprobeSession, .uprobe, .uprobeMulti: .kprobe
      case .tracepoint: .tracepoint
      case .perfEvent: .perfEvent
      case .testRun, .rawTracepoint: .rawTracepoint
      // What is loaded for a target cannot be tried without one; of all kinds it may call the most.
      case .typedRawTracepoint, .fentry, .fexit, .iterator: .tracepoint
      }
    scope.note(constant: scope.kernel.allowsCall(of: name, in: kind) ? 1 : 0, of: call.id)
    return .bool
  }
}

/// `static_assert(condition, "message")`: refuses the script where the condition does not hold.
struct StaticAssert: Builtin {
  let names = ["static_assert"]
  let arity = 2...2
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let message = scope.literal(1, of: call, called: "the message") else { return nil }
    guard scope.type(of: call.arguments[0]) != nil else { return nil }
    switch scope.constant(of: call.arguments[0]) {
    case nil:
      scope.error(
        "the condition of 'static_assert' is not known when the script is compiled",
        at: call.arguments[0].site,
        hint: "'assert' checks conditions when the probe fires")
    case 0: scope.error(message, at: call.site)
    default: break
    }
    return Type.none
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue { .none }
}

/// `fail("message")`: refuses the script, unless it stands in a branch that is not compiled.
struct Fail: Builtin {
  let names = ["fail"]
  let arity = 1...1
  let isValue = false

  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type? {
    guard let message = scope.literal(0, of: call, called: "the message") else { return nil }
    scope.error(message, at: call.site)
    return Type.none
  }

  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue { .none }
}

extension Expression {

  /// `true` iff the expression is a literal, its sign included.
  fileprivate var isLiteral: Bool {
    switch kind {
    case .integer, .string, .boolean, .positional, .positionalCount: true
    case .unary(.negate, let operand), .unary(.plus, let operand): operand.literalInteger != nil
    default: false
    }
  }

}
